"""Who proposed and appointed the Secretaries General, and what Articles 28 to 30 say of the office."""

from collections.abc import Iterator

from tests.sources.collected import (
    ADDRESS,
    Addition,
    Fact,
    Line,
    doubts,
    fact,
    facts,
    line,
    notes,
    of,
    sentence,
    sources,
)
from tests.sources.decisions import BODIES, YEARS, voted

_ABOUT = {
    "duty": "Duty", "office": "Office", "control": "Supervision", "selection": "Selection",
    "qualification": "Qualification",
}  # fmt: skip


def decisions_on_terms() -> Iterator[Line]:
    for one in facts("decisions_on_terms"):
        if one["step"] not in {"proposal", "decision"}:
            continue
        what = "Proposal of" if one["step"] == "proposal" else "Decision on"
        candidates = one.get("candidates", {})
        among = str(candidates.get("count", ""))
        if candidates.get("countries"):
            among += f", from {', '.join(candidates['countries'])}"
        entry = {
            "sources": sources(one),
            "caveats": doubts(one),
            "conflicts": conflicts_on_votes(one),
            "notes": notes(candidates=among, place=one.get("place", "")),
            "marking": "public",
            "body": of(f"body:{BODIES[one['body']]}"),
            "title": f"{what} {one['person']} as Secretary General, term {one['term_number']}",
            "kind": "decision",
            "adopted": one.get("date"),
            **voted(one),
            "text": sentence(one["outcome"]),
            "session": of(f"session:{YEARS[one['session']]}:{one['session']}") if "session" in one else None,
        }
        if entry["conflicts"]:
            entry["caveats"] = []
        yield line("decision", f"decision-on-term:{one['id']}", entry, one)


def conflicts_on_votes(one: Fact) -> list[dict[str, str]]:
    reported = one.get("votes", {}).get("voting_reported")
    if reported is None:
        return []
    first, second = (source["url"] for source in sources(one))
    wiki = ADDRESS.search(one["note"])
    assert wiki
    return [
        {"pointer": "/votes_for", "value": f"{reported} delegations voted; the figures add up to 126", "source": first},
        {"pointer": "/adoption", "value": "overwhelming majority", "source": second},
        {"pointer": "/adoption", "value": "unanimous", "source": wiki[0].rstrip(")")},
    ]


def proposals() -> Iterator[Addition]:
    """Yield who proposed the terms of which a source says so, and the steps of a selection."""
    for name in ("dec-01", "dec-05", "dec-07"):
        one = fact("decisions_on_terms", name)
        members = {
            "proposed": one.get("date"),
            "proposed_by": of("body:executive-committee"),
            "sources": sources(one, supports="/proposed_by"),
        }
        yield f"term:{one['term_id']}", members, [one]
    steps = [one for one in facts("decisions_on_terms") if one["step"] not in {"proposal", "decision"}]
    told = [{"about": "Selection", "text": f"{one['date']}: {one['outcome']}"} for one in steps]
    yield f"term:{steps[0]['term_id']}", {"notes": told, "sources": sources(*steps, supports="/notes")}, steps


def decisions_behind_terms() -> Iterator[Addition]:
    """Yield the decision that made each term, where one of the Assembly is collected."""
    for one in facts("decisions_on_terms"):
        if one["step"] == "decision":
            yield f"term:{one['term_id']}", {"decision": of(f"decision-on-term:{one['id']}")}, [one]


def founding() -> Iterator[Addition]:
    """Yield when the post was created: `constitution_rules.json`, “post of Secretary General created”, `valid_from`."""
    yield "post:secretary-general", {"founding_date": "1932"}, []


# duties and rules of the office


def duties() -> Addition:
    """Return what the post of the Secretary General is to do and how it is filled, as notes."""
    given = [one for one in facts("constitution_duties") if one["kind"] in _ABOUT]
    said = [{"about": _about(one), "text": one["text"] + _when(one)} for one in given]
    return "post:secretary-general", {"notes": said, "sources": sources(*given, supports="/notes")}, given


def _about(one: Fact) -> str:
    article = one.get("article", "")
    where = "" if not article else article if article.startswith("General") else f"Article {article}"
    where = where.replace("Article 28-30", "Articles 28 to 30")
    return f"{_ABOUT[one['kind']]} ({where})" if where else _ABOUT[one["kind"]]


def _when(one: Fact) -> str:
    since, as_of = one.get("valid_from"), one.get("as_of")
    return f" (since {since})" if since else f" (as of {as_of})" if as_of else ""


def rule_texts() -> Iterator[Addition]:
    for origin, numbers in (("secretary-general-1956", [6]), ("secretary-general-2017", [1, 2, 3, 4, 5])):
        given = [fact("constitution_duties", f"con-{number:02}") for number in numbers]
        members = {
            "text": " ".join(one["text"] for one in given),
            "sources": sources(*given, supports="/text"),
            "caveats": list(dict.fromkeys(doubts(*given))),
        }
        yield f"term-rule:{origin}", members, given

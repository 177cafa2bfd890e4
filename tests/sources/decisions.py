"""Decisions, their votes, the ones that they follow, and mandates."""

import re
from collections.abc import Iterator
from typing import Any

from tests.sources.collected import Fact, Line, doubts, facts, line, notes, of, sources

ADOPTION = {
    "without a vote": "without_vote", "by consensus": "consensus", "unanimously": "unanimity",
    "unanimously (word of INTERPOL)": "unanimity", "unanimous": "unanimity",
}  # fmt: skip
#: The year of each session of our General Assembly that an entry names.
YEARS = {63: 1994, 69: 2000, 73: 2004, 74: 2005, 78: 2009, 79: 2010, 82: 2013, 83: 2014, 86: 2017, 88: 2019, 90: 2022,
         91: 2023, 92: 2024}  # fmt: skip
BODIES = {
    "UN General Assembly": "un-general-assembly", "UN Security Council": "un-security-council",
    "UN Economic and Social Council": "ecosoc", "INTERPOL General Assembly": "general-assembly",
    "General Assembly": "general-assembly", "Executive Committee": "executive-committee",
}  # fmt: skip
_SYMBOL = re.compile(r"^[A-Z]+[/-]\S+$")
_IN_SESSION = re.compile(r"^(\d+)\w\w session, (.+)$")


def resolution_origin(name: str) -> str:
    return f"resolution:{name}"


def shipped_resolutions() -> set[str]:
    return {
        "A/RES/51/1", "A/RES/71/19", "A/RES/73/11", "A/RES/75/10", "A/RES/77/20", "A/77/L.29", "S/RES/1617 (2005)",
        "S/RES/1699 (2006)", "S/RES/2178 (2014)", "S/RES/2482 (2019)", "ECOSOC 1579 (L)", "AGN/68/RES/5",
        "decision 49/426",
    }  # fmt: skip


def voted(one: Fact) -> dict[str, Any]:
    votes = one.get("votes", {})
    said = one.get("voting", votes.get("result", ""))
    return {
        "adoption": ADOPTION.get(said, ""),
        "votes_for": votes.get("for"),
        "votes_against": votes.get("against"),
        "votes_abstaining": votes.get("abstain"),
    }


def resolution_members(one: Fact) -> dict[str, Any]:
    """Return the members of a decision that its facts tell."""
    follows = one.get("follows", "")
    return {
        "notes": notes(
            meeting=one.get("meeting", ""), agenda_item=one.get("agenda_item", ""), draft=one.get("draft", ""),
            press_release=one.get("press_release", ""),
        ),
        "caveats": doubts(one),
        **voted(one),
        "follows": of(resolution_origin(follows)) if follows in shipped_resolutions() else None,
    }  # fmt: skip


def new_decisions() -> Iterator[Line]:
    made: dict[str, list[Fact]] = {}
    for one in facts("mandates"):
        if one["resolution"] not in shipped_resolutions():
            made.setdefault(one["resolution"], []).append(one)
    for name, given in made.items():
        first = given[0]
        session = session_of(name)
        in_session = _IN_SESSION.match(name)
        is_rule = first["record"] == "rule_change"
        title = in_session[2] if in_session else first["asks"].removesuffix(".")
        entry = {
            "sources": sources(*given),
            "caveats": doubts(first) if is_rule else [],
            "notes": notes(
                follows=first.get("follows", "") if first.get("follows") not in shipped_resolutions() else ""
            ),
            "marking": "public",
            "body": of(f"body:{BODIES[first['body']]}"),
            "title": title[0].upper() + title[1:],
            "kind": "resolution" if _SYMBOL.match(name) or "esolution" in name else "decision",
            "symbol": name if _SYMBOL.match(name) else "",
            "adopted": first.get("adopted_on"),
            "text": first["asks"] if is_rule else "",
            "session": of(f"session:{YEARS[session]}:{session}"),
            "follows": of(resolution_origin(first["follows"]))
            if first.get("follows") in shipped_resolutions()
            else None,
        }
        yield line("decision", resolution_origin(name), entry, *given)


def session_of(name: str) -> int:
    in_session, numbered = _IN_SESSION.match(name), re.match(r"AGN/(\d+)/|GA-\d+-(\d+)-", name)
    if in_session:
        return int(in_session[1])
    if numbered:
        return int(numbered[1] or numbered[2])
    return next(number for number, year in YEARS.items() if f"-{year}-" in name)


def mandates() -> Iterator[Line]:
    for one in facts("mandates"):
        if one["record"] != "mandate":
            continue
        counted = "counted" in one.get("paragraph_basis", "")
        entry = {
            "sources": sources(one),
            "caveats": [*(["The paragraphs are not numbered; this one was counted."] if counted else []), *doubts(one)],
            "notes": notes(deadline=one.get("deadline", "")),
            "marking": "public",
            "decision": of(resolution_origin(one["resolution"])),
            "paragraph": one.get("paragraph", ""),
            "text": one["asks"],
            "addressee": one["addressee"],
            "status": "no_information",
        }
        yield line("mandate", f"mandate:{one['id']}", entry, one)

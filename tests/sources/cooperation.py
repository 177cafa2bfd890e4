"""Topics with the units in charge, and whom the office works with."""

from collections.abc import Iterator
from typing import Any

from sgoffice.directory.rules import fold
from tests.sources.collected import Addition, Fact, Line, doubts, fact, facts, line, notes, of, sources
from tests.sources.decisions import resolution_origin


def _is_total(one: Fact) -> bool:
    return one["name"] == "Police databases (total)"


def topic_members(one: Fact) -> dict[str, Any]:
    number = f"{one['value']:,}" if "value" in one else ""
    as_of = one.get("as_of", "")
    return {
        "sources": sources(one),
        "caveats": doubts(one),
        "notes": notes(
            description=one.get("description", ""),
            number=f"{number}, as of {as_of}" if number and as_of else number,
            as_of="" if number else as_of,
            unit_as_of=one.get("directorate_as_of", ""),
        ),
        "unit": one.get("directorate", ""),
    }


def topics(shipped: dict[str, str]) -> Iterator[Line]:
    """Yield the topics that the register does not ship under this name; `shipped` has origins by folded name."""
    for one in facts("topics"):
        if not _is_total(one) and fold(one["name"]) not in shipped:
            entry = {**topic_members(one), "name": one["name"], "kind": one["kind"]}
            yield line("topic", f"topic:{one['id']}", entry, one)


def topic_additions(shipped: dict[str, str]) -> Iterator[Addition]:
    for one in facts("topics"):
        origin = shipped.get(fold(one["name"]))
        if origin is not None:
            members = {name: value for name, value in topic_members(one).items() if value}
            yield origin.removeprefix("facts:"), members, [one]


def database_counts() -> Addition:
    given = [one for one in facts("topics") if _is_total(one)]
    said = [
        {"about": "Databases", "text": f"{one['value']}{', as of ' + one['as_of'] if 'as_of' in one else ''}"}
        for one in given
    ]
    return "organization:interpol", {"notes": said, "sources": sources(*given)}, given


# whom the office works with


def affiliation() -> Line:
    joined, listed = fact("gcc_and_coalition", "gc-01"), fact("gcc_and_coalition", "gc-03")
    entry = {
        "sources": sources(joined, listed),
        "caveats": doubts(joined),
        "notes": notes(membership=joined["fact"], role=listed["fact"]),
        "organization": of("organization:interpol"),
        "affiliated_with": of("organization:global-coalition"),
        "role": "member",
        "start_date": joined["date"],
    }
    return line("affiliation", "affiliation:interpol-global-coalition", entry, joined, listed)


def cooperation() -> Iterator[Addition]:
    """Yield what is told of the Coalition, the Gulf Cooperation Council, its police body and the African Union."""
    told = {
        "global-coalition": ["gc-02", "gc-06", "gc-07", "gc-08", "gc-09"],
        "gcc": ["gc-09"],
        "au": ["gc-09"],
        "gccpol": ["gc-11", "gc-12", "gc-13"],
    }
    for organization, names in told.items():
        given = [fact("gcc_and_coalition", name) for name in names]
        said = [{"about": _heading(one), "text": one["fact"]} for one in given]
        members = {"notes": said, "sources": sources(*given, supports="/notes"), "caveats": doubts(*given)}
        yield f"organization:{organization}", members, given


def _heading(one: Fact) -> str:
    heading = one["kind"].replace("_", " ").capitalize()
    where = ", ".join(one[name] for name in ("date", "place") if name in one)
    return f"{heading}, {where}" if where else heading


def munich() -> Iterator[Line]:
    """Yield the meeting of February 2024 that no other file has, and whom the Secretary General met."""
    one = fact("gcc_and_coalition", "gc-10")
    ours, theirs = one["people"]
    yield line("person", "person:jasem-mohamed-albudaiwi", {"name": theirs}, one)
    entry = {
        "sources": sources(one),
        "caveats": ["The report has no date; the month is inferred from a report of 16 February 2024."],
        "marking": "public",
        "title": f"Bilateral meeting: {theirs}, Munich",
        "kind": "bilateral_meeting",
        "status": "held",
        "held": one["date"],
        "date_basis": "inferred",
        "city": "Munich",
        "country": "DE",
        "principal": of("person:jurgen-stock"),
        "principal_title": "Secretary General of INTERPOL",
        "principal_attendance": "attended",
        "occasion": {"name": "60th Munich Security Conference", "number": 60},
        "summary": one["fact"],
        "participants": [
            {
                "person": of("person:jasem-mohamed-albudaiwi"),
                "capacities": [{"title": "Secretary General", "organization": of("organization:gcc")}],
            }
        ],
    }
    assert ours == "Jürgen Stock"
    yield line("engagement", "engagement:gc-10", entry, one)


def address_of_2016() -> Iterator[Addition]:
    day, adopted, recording = (fact("unga_2016", name) for name in ("unga-02", "unga-03", "unga-07"))
    first, meeting = fact("unga_2016", "unga-01"), fact("unga_2016", "unga-04")
    members = {
        "decisions": [of(resolution_origin(adopted["value"]))],
        "sources": sources(first, day),
        "caveats": [
            (
                "INTERPOL ties the address to the approval of the resolution, which happened on 21 November 2016; no "
                "text seen says on which day or at which meeting he spoke."
            ),
        ],
    }
    yield "engagement:eng-0099", members, [first, day]
    said = {"notes": notes(adopted_at=meeting["value"], recording=recording["value"])}
    yield resolution_origin(adopted["value"]), said | {"sources": sources(adopted, meeting, recording)}, [
        adopted, meeting, recording,
    ]  # fmt: skip
    review = fact("unga_2016", "unga-08")
    yield "engagement:eng-0125", {"decisions": [of(resolution_origin(review["value"]))]}, [review]

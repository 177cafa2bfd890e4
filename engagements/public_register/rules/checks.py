"""The checker: what a reader of the public register would not understand or not believe, line by line."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from engagements.public_register.rules.lines import PublicLine
from engagements.rules import is_exact_text
from sgoffice.records.date_words import day_in_words

#: An engagement is entered within so many days after it was held.
ENTERED_WITHIN = 60
#: Words that say nothing of what it was about or with whom.
_SAYS_NOTHING = frozenset({
    "a", "about", "and", "annual", "at", "bilateral", "breakfast", "briefing", "business", "call", "catch",
    "chat", "conversation", "courtesy", "current", "dialogue", "dinner", "discuss", "discussion", "discussions",
    "engagement", "event", "exchange", "external", "follow", "for", "former", "general", "high", "informal",
    "interest", "internal", "introduction", "introductory", "issues", "items", "joint", "level", "lunch",
    "matters", "meet", "meeting", "meetings", "misc", "miscellaneous", "mutual", "of", "official", "on", "other",
    "people", "phone", "private", "reception", "regular", "routine", "session", "several", "stakeholder",
    "stakeholders", "talks", "telephone", "the", "to", "topics", "up", "update", "various", "video", "views",
    "virtual", "visit", "with", "working", "audience",
})  # fmt: skip
_UNFINISHED = re.compile(r"(?i)\b(tb[acd]|to be (?:confirmed|added|completed|decided)|draft|xxx+|lorem)\b|\?\?")
_CLOSED = re.compile(r"(?i)\b(confidential|not for publication|internal only|off the record|do not publish)\b")
_WORD = re.compile(r"[^\W_]+(?:[/'-][^\W_]+)*")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
_SHORTEST = 2
_IN_PERSON = "In person"


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A line with what the register knows beside it; `warnings` are the pointer and the sentence of each doubt."""

    line: PublicLine
    entered_on: date | None = None
    is_imported: bool = False
    is_principal_absent: bool = False
    warnings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something that is wrong with a record: its field, and the sentence what to do."""

    rule: str
    id: str
    reference: str
    field: str
    sentence: str


def findings_of(checked: Sequence[Checked]) -> list[Finding]:
    """Return what is wrong with these lines, in their order: each by itself, and those that contradict each other."""
    apart = _contradictions(checked)
    return [
        Finding(rule=rule, id=one.line.id, reference=one.line.reference, field=field, sentence=sentence)
        for one in checked
        for rule, field, sentence in (*_of_one(one), *apart[one.line.id])
    ]


_Told = tuple[str, str, str]


def _of_one(one: Checked) -> Iterator[_Told]:
    yield from _of_subject(one.line)
    yield from _of_counterparts(one.line)
    yield from _of_day(one)
    yield from _of_place(one.line)
    if one.is_principal_absent and not one.line.for_us:
        yield (
            "contradicted",
            "represented_by",
            "The principal was absent: name who went instead, or say it was not held.",
        )
    for pointer, detail in one.warnings:
        yield "contradicted", pointer.strip("/").partition("/")[0], f"{detail} Correct it, or say why in a caveat."


def _of_subject(line: PublicLine) -> Iterator[_Told]:
    if _CLOSED.search(line.subject):
        yield (
            "closed-subject",
            "title",
            "The title says that it is not for the public: reword it, or raise the marking.",
        )
    elif _UNFINISHED.search(line.subject):
        yield "unfinished-subject", "title", "The title is not finished: write what it was about."
    elif not says_something(line.subject):
        yield "vague-subject", "title", "The title says nothing of the matter: write with whom, and what it was about."


def says_something(subject: str) -> bool:
    """Tell whether a title has a word that is about this engagement and not about engagements at large."""
    words = [word for word in _WORD.findall(subject.casefold()) if len(word) >= _SHORTEST and not word.isdigit()]
    return any(word not in _SAYS_NOTHING for word in words)


def _of_counterparts(line: PublicLine) -> Iterator[_Told]:
    if not line.counterparts:
        if not line.topics:
            yield "missing-counterpart", "participants", "Nobody is named: name whom the office met, or the topic."
        return
    if not line.level:
        yield "missing-level", "level", "State the level of the highest counterpart."
    for one in line.counterparts:
        if not one.key:
            who = "; ".join(one.people) or one.name
            yield "missing-organization", "participants", f"Say for which organization or country {who} came."


def _of_day(one: Checked) -> Iterator[_Told]:
    line = one.line
    if not is_exact_text(line.held):
        yield "inexact-day", "held", f"The date is {line.days}: state the day."
    years = {int(year) for year in _YEAR.findall(line.subject)}
    if years and not any(year in line.years for year in years):
        named = ", ".join(map(str, sorted(years)))
        yield "contradicted", "held", f"The title says {named}, the date {line.days}: correct the one that is wrong."
    if one.entered_on and not one.is_imported and one.entered_on > line.last + timedelta(days=ENTERED_WITHIN):
        late = (one.entered_on - line.last).days
        yield (
            "late-entry",
            "held",
            (f"It was entered on {day_in_words(one.entered_on)}, {late} days after it was held: say why in a caveat."),
        )


def _of_place(line: PublicLine) -> Iterator[_Told]:
    if line.meeting_format == _IN_PERSON and not (line.country or line.city):
        yield "missing-place", "country", "It was in person: state city and country."


def _contradictions(checked: Sequence[Checked]) -> dict[str, list[_Told]]:
    """Return, by engagement, which others of its day it cannot stand beside."""
    by_day: dict[date, list[PublicLine]] = defaultdict(list)
    for one in checked:
        if one.line.first == one.line.last:
            by_day[one.line.first].append(one.line)
    found: dict[str, list[_Told]] = defaultdict(list)
    for lines in by_day.values():
        for earlier, later in combinations(lines, 2):
            if told := _against(later, earlier):
                found[later.id].append(told)
    return found


def _against(one: PublicLine, other: PublicLine) -> _Told | None:
    there = {one.meeting_format, other.meeting_format} == {_IN_PERSON}
    same_people = one.for_us and one.for_us == other.for_us
    if there and same_people and one.country and other.country and one.country != other.country:
        return (
            "contradicted",
            "country",
            f"{one.for_us} was in {other.country_name} on that day, by {other.reference}: correct one of the two.",
        )
    if _named(one) & _named(other) and _folded(one.subject) == _folded(other.subject):
        return "twice", "title", f"{other.reference} says the same: mark one as entered in error, or merge them."
    return None


def _named(line: PublicLine) -> set[str]:
    return {one.key for one in line.counterparts if one.key}


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))

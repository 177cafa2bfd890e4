"""Who is the principal on a day, and warnings about an engagement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engagements.rules.times import Days
from sgoffice.records.errors import RuleViolation

_MOST_REFERENCES = 5


@dataclass(frozen=True)
class Tenure:
    """A term of a post: the earliest and latest day of its start, and of the handover to the successor.

    The person is designate from `appointed` on; without an end the term continues.
    """

    person: UUID
    name: str
    start_earliest: date
    start_latest: date
    end_earliest: date | None = None
    end_latest: date | None = None
    appointed: date | None = None
    is_acting: bool = False

    def may_include(self, first: date, last: date) -> bool:
        """Tell whether the person may have been in office in a period, the day of the handover included."""
        return self.start_earliest <= last and (self.end_latest is None or first <= self.end_latest)

    def includes(self, day: date) -> bool:
        """Tell whether the person was certainly in office on a day."""
        return self.start_latest <= day and (self.end_earliest is None or day < self.end_earliest)

    def hands_over_on(self, day: date) -> bool:
        """Tell whether the successor takes over on exactly that day."""
        return self.end_earliest == self.end_latest == day

    def is_designate(self, day: date) -> bool:
        """Tell whether the person was appointed by that day but not yet in office."""
        return self.appointed is not None and self.appointed <= day < self.start_latest


@dataclass(frozen=True)
class EngagementWarning:
    """Something odd about an engagement: stored and shown with it, never blocking."""

    rule: str
    detail: str
    pointer: str


def principal_on(days: Days, tenures: Sequence[Tenure]) -> UUID | None:
    """Return the holder of the post on the first day, or None when nobody is known.

    While somebody acts for the holder, that is the acting one; on the day of a handover, the incoming holder. Raises
    RuleViolation when two people may have held the post: the entry must then name the principal.
    """
    if days.is_exact:
        day = days.earliest
        if acting := _acting_on(day, tenures):
            return acting
        found = [term for term in tenures if term.may_include(day, day)]
        certain = [term for term in found if term.includes(day)]
        others = [term for term in found if not term.includes(day) and not term.hands_over_on(day)]
        if len({term.person for term in certain}) == 1 and not others:
            return certain[0].person
    else:
        found = [term for term in tenures if term.may_include(days.earliest, days.latest)]
    people = {term.person: term.name for term in found}
    if len(people) > 1:
        raise RuleViolation(
            f"Name the principal: {days.when} the post may have been held by {_listed(list(people.values()))}.",
            rule="name-the-principal",
            pointer="/principal",
        )
    return next(iter(people), None)


def _acting_on(day: date, tenures: Sequence[Tenure]) -> UUID | None:
    """Return who certainly acted for the holder on a day: such a one is the principal unless another one is named."""
    acting = {term.person for term in tenures if term.is_acting and term.may_include(day, day)}
    certain = {term.person for term in tenures if term.is_acting and term.includes(day)}
    return next(iter(certain)) if len(acting) == len(certain) == 1 else None


def is_acting_on(days: Days, own: Sequence[Tenure]) -> bool:
    """Tell whether somebody certainly acted for the holder on a day, by the terms of that person."""
    found = [term for term in own if term.may_include(days.earliest, days.latest)]
    return days.is_exact and bool(found) and all(term.is_acting and term.includes(days.earliest) for term in found)


def warn_of_principal(
    principal: UUID | None, name: str, days: Days | None, tenures: Sequence[Tenure]
) -> list[EngagementWarning]:
    """Warn of an unknown principal, of one who acted, and of one who neither held the post nor was designate."""
    if days is None:
        return []
    if principal is None:
        detail = f"Who held the post {days.when} is not known: name the principal."
        return [EngagementWarning("principal-not-known", detail, "/principal")]
    own = [term for term in tenures if term.person == principal]
    if is_acting_on(days, own):
        detail = f"{name} acted for the holder of the post on {days.text}."
        return [EngagementWarning("principal-acted", detail, "/principal")]
    if any(term.may_include(days.earliest, days.latest) or term.is_designate(days.latest) for term in own):
        return []
    holders = [term.name for term in tenures if term.may_include(days.earliest, days.latest)]
    known = f"; {_listed(list(dict.fromkeys(holders)))} did" if holders else ""
    detail = f"{name} did not hold the post {days.when}{known}."
    return [EngagementWarning("principal-not-in-office", detail, "/principal")]


def warn_of_post_claim(
    person: UUID, name: str, label: str, days: Days, tenures: Sequence[Tenure], *, pointer: str
) -> list[EngagementWarning]:
    """Warn of somebody who is said to hold a post that others, as is known, held then."""
    holders = [term for term in tenures if term.may_include(days.earliest, days.latest)]
    if not holders or any(term.person == person for term in holders):
        return []
    others = _listed(list(dict.fromkeys(term.name for term in holders)))
    return [EngagementWarning("post-held-by-another", f"{name} was not {label} {days.when}: {others} was.", pointer)]


def warn_of_unanswered_items(references: Sequence[str]) -> list[EngagementWarning]:
    """Warn of open items that were not answered when the engagement was logged as held."""
    if not references:
        return []
    shown = ", ".join(references[:_MOST_REFERENCES]) + (" and others" if len(references) > _MOST_REFERENCES else "")
    detail = f"{len(references)} action items with these counterparts are open: {shown}."
    return [EngagementWarning("open-action-items", detail, "/items")]


def warn_of_open_items(references: Sequence[str]) -> list[EngagementWarning]:
    """Warn of open items with the counterparts of an engagement that is being planned."""
    if not references:
        return []
    shown = ", ".join(references[:_MOST_REFERENCES]) + (" and others" if len(references) > _MOST_REFERENCES else "")
    count = "1 open action item" if len(references) == 1 else f"{len(references)} open action items"
    detail = f"{count} with these counterparts when it was planned: {shown}. Put on its list what to raise."
    return [EngagementWarning("open-action-items", detail, "/items")]


def _listed(names: list[str]) -> str:
    return " or ".join(names)

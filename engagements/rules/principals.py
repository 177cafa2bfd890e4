"""Who stands for the office on a day: the holder of the post, or somebody who is named and looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engagements.rules.times import Days
from sgoffice.records.errors import RuleViolation

_SHOWN = 5  # references that a warning names


@dataclass(frozen=True)
class Tenure:
    """A term of a post: when it began and when the successor took over, each as early and as late as it can be.

    `appointed` is since when the person is designate; without an `end` the term runs on.
    """

    person: UUID
    name: str
    start_earliest: date
    start_latest: date
    end_earliest: date | None = None
    end_latest: date | None = None
    appointed: date | None = None

    def may_include(self, first: date, last: date) -> bool:
        """Tell whether the person may have been in office on some of these days, that of the handover included."""
        return self.start_earliest <= last and (self.end_latest is None or first <= self.end_latest)

    def includes(self, day: date) -> bool:
        """Tell whether the person was in office on that day, whatever the doubtful boundaries are."""
        return self.start_latest <= day and (self.end_earliest is None or day < self.end_earliest)

    def hands_over_on(self, day: date) -> bool:
        """Tell whether that day is the very one on which the successor takes over."""
        return self.end_earliest == self.end_latest == day

    def is_designate(self, day: date) -> bool:
        """Tell whether the person was appointed by that day and not yet in office."""
        return self.appointed is not None and self.appointed <= day < self.start_latest


@dataclass(frozen=True)
class Warned:
    """What is odd about an engagement; kept with it and shown, never blocking."""

    rule: str
    detail: str
    pointer: str


def principal_on(days: Days, tenures: Sequence[Tenure]) -> UUID | None:
    """Return who stood for the office: the holder on the first day, or nobody when none is known.

    On the day of a handover that is the incoming one. Raises RuleViolation when two may have held the post: then the
    entry must name the principal.
    """
    if days.is_exact:
        day = days.earliest
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
            f"Name the principal: on {days.text} the post may have been held by {_listed(list(people.values()))}.",
            rule="name-the-principal",
            pointer="/principal",
        )
    return next(iter(people), None)


def warnings_about(principal: UUID | None, name: str, days: Days | None, tenures: Sequence[Tenure]) -> list[Warned]:
    """Return what is odd about the principal: nobody known, or somebody who neither held the post nor was designate."""
    if days is None:
        return []
    if principal is None:
        detail = f"Who held the post on {days.text} is not known: name the principal."
        return [Warned("principal-not-known", detail, "/principal")]
    own = [term for term in tenures if term.person == principal]
    if any(term.may_include(days.earliest, days.latest) or term.is_designate(days.latest) for term in own):
        return []
    holders = [term.name for term in tenures if term.may_include(days.earliest, days.latest)]
    known = f"; {_listed(list(dict.fromkeys(holders)))} did" if holders else ""
    detail = f"{name} did not hold the post on {days.text}{known}."
    return [Warned("principal-not-in-office", detail, "/principal")]


def double_booked(name: str, others: Sequence[str]) -> list[Warned]:
    """Return the warning that the principal is elsewhere at that time, with the references of those engagements."""
    if not others:
        return []
    detail = f"{name} is at {', '.join(others)} at that time."
    return [Warned("double-booked", detail, "/starts_at")]


def still_owed(references: Sequence[str]) -> list[Warned]:
    """Return the warning that what was promised before was not answered for when this was logged as held."""
    if not references:
        return []
    shown = ", ".join(references[:_SHOWN]) + (" and others" if len(references) > _SHOWN else "")
    detail = f"{len(references)} action items with these counterparts are open: {shown}."
    return [Warned("open-action-items", detail, "/items")]


def to_raise(references: Sequence[str]) -> list[Warned]:
    """Return the warning that a meeting is planned with counterparts from or to whom something is still owed."""
    if not references:
        return []
    shown = ", ".join(references[:_SHOWN]) + (" and others" if len(references) > _SHOWN else "")
    count = "1 action item" if len(references) == 1 else f"{len(references)} action items"
    detail = (
        f"Open with these counterparts when it was planned: {count}, {shown}. Put on its list what is to be raised."
    )
    return [Warned("open-action-items", detail, "/items")]


def _listed(names: list[str]) -> str:
    return " or ".join(names)

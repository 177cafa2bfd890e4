"""Articles 28 to 30 of the Constitution: each term obeys the rule in force on its own day.

The database enforces the same rules against races and raw SQL (models/appointment.py).
"""

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from appointments.vocabulary import ANSWERED, TERMS, AppointmentKind, Implementation
from sgoffice.records.date_words import day_in_words
from sgoffice.records.errors import RuleViolation

#: Since the amendment of September 2017 no deviation is accepted.
NO_DEVIATION_SINCE = date(2017, 9, 1)


@dataclass(frozen=True)
class Term:
    """A period in which one person holds a post, from `start` until the day before `end` (None: open)."""

    person: object
    kind: str
    start: date
    end: date | None
    appointed: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    has_deviation: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts as a term of its own."""
        return self.kind in TERMS

    @property
    def rule_day(self) -> date:
        """The day whose rule it obeys: of the appointment if known, else of the start."""
        return self.appointed or self.start


@dataclass(frozen=True)
class RuleInForce:
    """A rule of the Constitution for a post in a period; None means no limit."""

    valid_from: date | None
    valid_until: date | None
    term_months: int | None
    reappointments_allowed: int | None
    basis: str

    def holds_on(self, day: date) -> bool:
        """Tell whether this rule is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


def rule_on(day: date, rules: Iterable[RuleInForce]) -> RuleInForce | None:
    """Return the rule in force on a day, or None when none is known."""
    return next((rule for rule in rules if rule.holds_on(day)), None)


def require_legal_term(term: Term, others: Sequence[Term], rules: Iterable[RuleInForce]) -> None:
    """Refuse a term that the rule of its day does not allow.

    `others` are the other terms of the same post. Refused are an end before the start, two holders at once, a
    reappointment without a first term, too many terms and too long a term (Constitution, Articles 28, 29).
    """
    _require_order(term)
    _require_alone(term, others)
    earlier = [other for other in others if other.person == term.person and other.counts and other.start < term.start]
    if term.kind == AppointmentKind.REAPPOINTMENT and not earlier:
        raise RuleViolation(
            "A reappointment needs an earlier term: enter the first term, or record an appointment.",
            rule="reappointment-without-first-term",
            basis="Constitution, Article 28",
            pointer="/kind",
        )
    rule = rule_on(term.rule_day, rules)
    if rule is None or not term.counts or term.has_deviation:
        return
    _require_not_too_many(len(earlier), rule)
    _require_not_too_long(term, rule)


@dataclass(frozen=True)
class Life:
    """The days of a post: earliest and latest day of its founding and of its end, None where not known."""

    founded: tuple[date, date] | None = None
    dissolved: tuple[date, date] | None = None

    def is_before(self, day: date) -> bool:
        """Tell whether the post surely did not exist yet on a day."""
        return self.founded is not None and day < self.founded[0]

    def is_over(self, day: date) -> bool:
        """Tell whether the post surely did not exist any more on a day."""
        return self.dissolved is not None and day > self.dissolved[1]

    def within(self, first: date, until: date) -> tuple[date, date] | None:
        """Return the part of a period, up to the day before `until`, in which the post surely existed."""
        begins = max(first, self.founded[1]) if self.founded else first
        ends = min(until, self.dissolved[0]) if self.dissolved else until
        return (begins, ends) if begins < ends else None


def require_life_of_post(start: tuple[date, date], life: Life) -> None:
    """Refuse a term that surely begins before its post existed, or after."""
    if life.is_before(start[1]) or life.is_over(start[0]):
        detail = "The post did not exist when this term begins: correct the start, or the days of the post."
        raise RuleViolation(detail, rule="post-exists", pointer="/start")


@dataclass(frozen=True)
class Dates:
    """What is recorded of how somebody came to a post: earliest and latest day of each, None where not known."""

    proposed: tuple[date, date] | None = None
    appointed: tuple[date, date] | None = None
    start: tuple[date, date] | None = None
    expected_end: tuple[date, date] | None = None


@dataclass(frozen=True)
class Bodies:
    """Which body proposed and which appointed; None where not known, or where a rule names none."""

    proposing: object = None
    appointing: object = None


def require_order_of_dates(dates: Dates, *, today: date) -> None:
    """Refuse what is said of the past but lies ahead, and steps in another order than proposal, appointment, start."""
    for name, said in (("proposed", dates.proposed), ("appointed", dates.appointed)):
        if said is not None and said[0] > today:
            detail = f"Nobody has been {name} on a day that has not come: {day_in_words(said[0])}."
            raise RuleViolation(detail, rule="not-in-the-future", pointer=f"/{name}")
    if dates.proposed and dates.appointed and dates.proposed[0] > dates.appointed[1]:
        raise RuleViolation(
            "A person is proposed before the appointment.",
            rule="proposal-before-appointment",
            basis="Constitution, Article 28",
            pointer="/proposed",
        )
    if dates.appointed and dates.start and dates.appointed[0] > dates.start[1]:
        raise RuleViolation(
            "A person is appointed before the term begins.",
            rule="appointment-before-start",
            basis="Constitution, Article 28",
            pointer="/appointed",
        )


def require_bodies(bodies: Bodies, wanted: Bodies, *, basis: str, names: Mapping[object, str]) -> None:
    """Refuse a proposal or an appointment by another body than the rule of its day names."""
    for given, needed, pointer, rule in (
        (bodies.proposing, wanted.proposing, "/proposed_by", "proposing-body"),
        (bodies.appointing, wanted.appointing, "/appointed_by", "appointing-body"),
    ):
        if given is not None and needed is not None and given != needed:
            verb = "proposes" if rule == "proposing-body" else "appoints"
            detail = f"The {names.get(needed, 'body that the rule names')} {verb}; name it, or leave the body out."
            raise RuleViolation(detail, rule=rule, basis=basis, pointer=pointer)


def require_expected_in_time(dates: Dates, rule: RuleInForce) -> None:
    """Refuse an expected end beyond the term that the rule allows."""
    if rule.term_months is None or dates.start is None or dates.expected_end is None:
        return
    last = add_months(dates.start[1], rule.term_months)
    if dates.expected_end[0] > last:
        detail = f"A term lasts {rule.term_months // 12} years: this one is expected to end by {day_in_words(last)}."
        raise RuleViolation(detail, rule="term-too-long", basis=rule.basis, pointer="/expected_end")


def require_legal_deviation(start: date, *, is_office: bool) -> None:
    """Refuse a deviation for a term since September 2017, or from anybody but the shipped facts."""
    if start >= NO_DEVIATION_SINCE or not is_office:
        raise RuleViolation(
            "Deviations are accepted only for terms before September 2017, and only from the shipped facts.",
            rule="deviation-is-history",
            basis="Constitution, Article 28, as amended in 2017",
            pointer="/deviation",
        )


def implementation_of(statuses: Sequence[str]) -> str:
    """Return the implementation of a decision, derived from its mandates.

    It is completed when all applicable mandates are, not_started when none has begun, and no_information without
    mandates or without information on any.
    """
    applying = [status for status in statuses if status != Implementation.NOT_APPLICABLE]
    if not statuses or (applying and all(status == Implementation.NO_INFORMATION for status in applying)):
        return Implementation.NO_INFORMATION
    if not applying:
        return Implementation.NOT_APPLICABLE
    if all(status == Implementation.COMPLETED for status in applying):
        return Implementation.COMPLETED
    if all(status == Implementation.NOT_STARTED for status in applying):
        return Implementation.NOT_STARTED
    return Implementation.IN_PROGRESS


def is_overdue(status: str, due: date | None, on: date) -> bool:
    """Tell whether a mandate was due before a day and is still open."""
    return status not in ANSWERED and due is not None and due < on


def require_evidence(status: str, evidence: Sequence[object]) -> None:
    """Refuse a completed mandate without evidence; blank text is no evidence."""
    if status == Implementation.COMPLETED and not any(str(item).strip() for item in evidence):
        raise RuleViolation(
            "A mandate cannot be completed without evidence: name an engagement, an agreement or a document.",
            rule="completed-needs-evidence",
            pointer="/evidence",
        )


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _require_order(term: Term) -> None:
    if term.end is not None and term.end <= term.start:
        raise RuleViolation("A term must end after it starts.", rule="end-after-start", pointer="/end")


def _require_alone(term: Term, others: Sequence[Term]) -> None:
    is_acting = term.kind == AppointmentKind.ACTING
    for other in others:
        if (other.kind == AppointmentKind.ACTING) == is_acting and _overlap(term, other):
            detail = f"Somebody else holds the post from {other.start} until {other.end or 'now'}."
            raise RuleViolation(detail, rule="one-holder-at-a-time", basis="Constitution, Article 28", pointer="/start")


def _overlap(one: Term, other: Term) -> bool:
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)


def _require_not_too_many(earlier: int, rule: RuleInForce) -> None:
    if rule.reappointments_allowed is not None and earlier > rule.reappointments_allowed:
        allowed = {0: "not be reappointed", 1: "be reappointed once"}.get(
            rule.reappointments_allowed, f"be reappointed {rule.reappointments_allowed} times"
        )
        detail = f"The holder may {allowed}; this would be term {earlier + 1}."
        raise RuleViolation(detail, rule="too-many-terms", basis=rule.basis, pointer="/person")


def _require_not_too_long(term: Term, rule: RuleInForce) -> None:
    end, start = term.end_earliest or term.end, term.start_latest or term.start
    if rule.term_months is None or end is None or end <= add_months(start, rule.term_months):
        return
    detail = f"A term lasts {rule.term_months // 12} years: this one must end by {add_months(start, rule.term_months)}."
    raise RuleViolation(detail, rule="term-too-long", basis=rule.basis, pointer="/end")

"""Appointments and their steps; the rules of Articles 28 to 30 are checked on locked state."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange

from appointments.models import Appointment, Body, Post, TermRule
from appointments.querysets import AppointmentQuerySet
from appointments.rules import (
    RuleInForce,
    Term,
    add_months,
    require_expected_in_time,
    require_legal_deviation,
    require_legal_term,
    require_order_of_dates,
    rule_on,
)
from appointments.services.entries import AppointmentEntry, DayEntry, EndEntry, ExtensionEntry, StartEntry
from appointments.services.term_checks import dates_of, has_begun, require_bodies_of_rule
from appointments.vocabulary import RUNNING, TERMS, AppointmentKind, AppointmentState
from sgoffice.changes import clock
from sgoffice.changes.door import Expected, change, create, current_actor
from sgoffice.changes.links import link, set_links
from sgoffice.changes.steps import Steps
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.date_words import day_in_words
from sgoffice.records.entries import Correction, assign_fields, require_exists
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.partial_dates import PartialDate
from sgoffice.records.readership import Readership

APPOINTED_AT = "appointed_at"
_APART = ("session", "deviation")


def propose_appointment(entry: AppointmentEntry, *, by: Actor) -> Appointment:
    """Record that the proposing body proposes a person (Article 28); the post stays vacant."""
    return _create_appointment(entry, by=by, verb="propose", state=AppointmentState.PROPOSED)


def record_appointment(entry: AppointmentEntry, *, by: Actor) -> Appointment:
    """Record an appointment, reappointment, election or acting holder.

    Raises RuleViolation for two holders at once, for too many or too long terms under the rule of their day, and for a
    reappointment without a first term (Constitution, Articles 28, 29).
    """
    if entry.start is None:
        raise InvalidEntry([("/start", "Give the day on which the term begins, or record a proposal instead.")])
    return _create_appointment(entry, by=by, verb="appoint", state=AppointmentState.DESIGNATE)


STEPS = Steps(columns=Appointment, not_in_form=frozenset({"session"}))


def _in(*states: AppointmentState) -> Callable[[Appointment], bool]:
    return lambda term: term.state in states


@STEPS.declare(
    "appoint",
    "Appoint",
    summary="Appoint the proposed person",
    example={"appointed": "2024-11-05", "start": "2024-11-07", "expected_end": "2029-11-07"},
    is_open=_in(AppointmentState.PROPOSED),
    tone="primary",
)
def approve_proposal(appointment_id: UUID, entry: StartEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Record that the appointing body appointed the person proposed. Refuses what record_appointment() refuses."""
    with change(Appointment, appointment_id, verb="appoint", by=by, expected=expected) as appointment:
        _require_state(appointment, AppointmentState.PROPOSED)
        assign_fields(appointment, entry, skip=("session",))
        appointment.state = AppointmentState.DESIGNATE
        _link_session(appointment, entry.session)
        _set_term(appointment)
    return appointment


@STEPS.declare(
    "assume",
    "Assume office",
    summary="Record that the person appointed took office",
    example={"on": "2024-11-07"},
    is_open=_in(AppointmentState.DESIGNATE),
    tone="primary",
)
def assume_office(appointment_id: UUID, entry: DayEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Raise RuleViolation for a day before the term begins."""
    with change(Appointment, appointment_id, verb="assume", by=by, expected=expected) as appointment:
        _require_state(appointment, AppointmentState.DESIGNATE)
        if entry.on > clock.day_of_transaction():
            detail = f"Nobody has taken office on a day that has not come: {day_in_words(entry.on)}."
            raise RuleViolation(detail, rule="not-in-the-future", pointer="/on")
        if appointment.start_earliest is None or entry.on < appointment.start_earliest:
            detail = f"The term begins on {appointment.start}."
            raise RuleViolation(detail, rule="not-begun", pointer="/on")
        appointment.state = AppointmentState.ASSUMED
    return appointment


@STEPS.declare(
    "extend",
    "Extend",
    summary="Extend an appointment",
    description="The holder stays beyond the term; the extension is an appointment of its own.",
    example={"until": "2030-03-01", "reason": "Until the Council meets."},
    is_open=_in(AppointmentState.ASSUMED, AppointmentState.ENDED, AppointmentState.DESIGNATE),
)
def extend_appointment(appointment_id: UUID, entry: ExtensionEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Return the extension, an appointment of its own that follows the term."""
    _require_day(entry.until, "/until")
    with change(Appointment, appointment_id, verb="extend", by=by, expected=expected, reason=entry.reason) as term:
        _require_state(term, AppointmentState.ASSUMED, AppointmentState.ENDED, AppointmentState.DESIGNATE)
        last = term.during.upper
        if last is None:
            raise RuleViolation("The term has no end, so it cannot be extended.", rule="open-term", pointer="/until")
        term.end = term.end or last
    extension = AppointmentEntry(
        post=term.post_id,
        person=term.person_id,
        kind=AppointmentKind.EXTENSION,
        start=last.isoformat(),
        end=entry.until,
        appointed=entry.appointed,
        session=entry.session,
        marking=term.marking,
        title=term.title,
    )
    return _create_appointment(extension, by=by, verb="extend", state=AppointmentState.DESIGNATE)


@STEPS.declare(
    "end",
    "End",
    summary="End an appointment",
    description="On the day on which the successor takes over.",
    example={"on": "2026-01-01", "end_reason": "resignation", "reason": "For reasons of health."},
    is_open=_in(AppointmentState.ASSUMED, AppointmentState.DESIGNATE),
)
def end_appointment(appointment_id: UUID, entry: EndEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Record the end, or correct that of a term which the clock recorded as expired."""
    _require_day(entry.on, "/on")
    with change(Appointment, appointment_id, verb="end", by=by, expected=expected, reason=entry.reason) as appointment:
        if not _ended_by_clock(appointment):
            _require_state(appointment, *sorted(RUNNING))
        assign_fields(appointment, Correction(AppointmentEntry, {"end": entry.on, "end_reason": entry.end_reason}))
        appointment.state = AppointmentState.ENDED
        _set_term(appointment)
    return appointment


def _require_day(text: str, pointer: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise InvalidEntry([(pointer, "Write a day such as 2016-11-21.")]) from None


def correct_appointment(
    appointment_id: UUID, correction: Correction[AppointmentEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Appointment:
    """Correct an appointment; the result must satisfy the rules of its day.

    A term that the clock ended is in office again if the correction moves its end.
    """
    by.require(Permission.WRITE)
    if "deviation" in correction:
        require_legal_deviation(date.max, is_office=False)
    _require_known({name: correction.get(name) for name in _KEYS})
    with change(Appointment, appointment_id, verb="correct", by=by, expected=expected, reason=reason) as appointment:
        assign_fields(appointment, correction, skip=_APART)
        if "session" in correction:
            session = correction.get("session")
            set_links(appointment.pk, APPOINTED_AT, (session,) if session else (), pointer="/session")
        if appointment.state != AppointmentState.PROPOSED:
            before = appointment.during
            _set_term(appointment)
            if _ended_by_clock(appointment) and before.upper != appointment.during.upper:
                appointment.state, appointment.end_reason = AppointmentState.ASSUMED, ""
    return appointment


def _ended_by_clock(appointment: Appointment) -> bool:
    """Tell whether the clock ended a term: it then has no end of its own."""
    return appointment.state == AppointmentState.ENDED and appointment.end is None


_KEYS: dict[str, Any] = {"post": Post, "person": Person, "proposed_by": Body, "appointed_by": Body}


def _require_known(keys: dict[str, Any]) -> None:
    for name, key in keys.items():
        require_exists(_KEYS[name], {f"/{name}": key})


def _require_state(appointment: Appointment, *allowed: str) -> None:
    if appointment.state not in allowed:
        detail = f"This cannot be done while the appointment is “{appointment.get_state_display()}”."
        raise RuleViolation(detail, rule="state", pointer="/state")


def _create_appointment(entry: AppointmentEntry, *, by: Actor, verb: str, state: str) -> Appointment:
    by.require(Permission.WRITE)
    _require_known({name: getattr(entry, name) for name in _KEYS})
    with create(Appointment, verb=verb, by=by) as appointment:
        assign_fields(appointment, entry, skip=_APART)
        appointment.state = state
        if entry.deviation is not None:
            _set_deviation(appointment, entry, is_office=by == OFFICE)
        _link_session(appointment, entry.session)
        if state != AppointmentState.PROPOSED:
            _set_term(appointment)
            if entry.end is not None:
                appointment.state = AppointmentState.ENDED
            elif appointment.kind == AppointmentKind.ACTING and has_begun(appointment):
                appointment.state = AppointmentState.ASSUMED
    return appointment


def _set_deviation(appointment: Appointment, entry: AppointmentEntry, *, is_office: bool) -> None:
    require_legal_deviation(appointment.start_earliest or date.max, is_office=is_office)
    if entry.deviation is not None:
        appointment.deviation = {name: getattr(entry.deviation, name) for name in ("rule", "reason", "source")}


def _link_session(appointment: Appointment, session: UUID | None) -> None:
    if session is not None:
        link(appointment.pk, APPOINTED_AT, session, pointer="/session")


def _set_term(appointment: Appointment) -> None:
    """Choose the boundary days of the term and check the rules, with the post locked.

    The days, which the appointment stores, follow from terms that all of its readers may read. A refusal names terms
    that the actor may see; for the others the database refuses, in words that tell only an approver why.
    """
    Post.objects.select_for_update(no_key=True).get(pk=appointment.post_id)
    dates = dates_of(appointment)
    require_order_of_dates(dates, today=clock.day_of_transaction())
    rules = [_rule(rule) for rule in TermRule.objects.live().filter(post=appointment.post_id)]
    others = Appointment.objects.live().of_post(appointment.post_id).exclude(pk=appointment.pk)
    start = _chosen_start(appointment, _terms(others.readable_by_readers_of(Readership.of(appointment))))
    rule = rule_on(appointment.appointed_earliest or start, rules)
    if rule is not None and appointment.kind in TERMS and appointment.deviation is None:
        require_expected_in_time(dates, rule)
        require_bodies_of_rule(appointment, start)
    appointment.during = DateRange(start, _chosen_end(appointment, start, rule))
    require_legal_term(_term(appointment), _terms(others.visible_to(current_actor())), rules)


def _terms(rows: AppointmentQuerySet[Appointment]) -> list[Term]:
    return [_term(row) for row in rows.select_related("person") if row.during is not None]


def _chosen_start(appointment: Appointment, others: list[Term]) -> date:
    """Return the first day; if imprecise, the day on which the predecessor left, else the earliest."""
    first, last = appointment.start_earliest, appointment.start_latest
    if first is None or last is None:
        raise InvalidEntry([("/start", "Say when the term begins.")])
    if appointment.kind == AppointmentKind.ACTING:
        return first
    left = [
        term.end for term in others if term.end and term.kind != AppointmentKind.ACTING and first <= term.end <= last
    ]
    return max(left, default=first)


def _chosen_end(appointment: Appointment, start: date, rule: RuleInForce | None) -> date | None:
    if appointment.end is not None:
        # an imprecise boundary is set to its earliest day, where the successor's term begins
        end = appointment.end_earliest
        return end if end is None or end > start else appointment.end_latest
    if rule is not None and rule.term_months is not None and appointment.kind != AppointmentKind.ACTING:
        return add_months(start, rule.term_months)
    expected = PartialDate.parse(appointment.expected_end) if appointment.expected_end else None
    return expected.latest if expected else None


def _term(appointment: Appointment) -> Term:
    return Term(
        person=appointment.person.merged_into_id or appointment.person_id,
        kind=appointment.kind,
        start=appointment.during.lower,
        end=appointment.during.upper,
        appointed=appointment.appointed_earliest,
        start_latest=appointment.start_latest,
        end_earliest=appointment.end_earliest,
        has_deviation=appointment.deviation is not None,
    )


def _rule(rule: TermRule) -> RuleInForce:
    return RuleInForce(
        rule.valid.lower, rule.valid.upper, rule.term_months, rule.reappointments_allowed, rule.legal_basis
    )

"""Appointments and their steps; the rules of Articles 28 to 30 are checked on locked state."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from appointments.models import Appointment, Body, Post
from appointments.rules import require_legal_deviation
from appointments.services.entries import AppointmentEntry, DayEntry, EndEntry, ExtensionEntry, StartEntry
from appointments.services.term_links import LINKS, require_term_links, set_term_links
from appointments.services.term_proposals import (
    APPOINT,
    CORRECT_TERM,
    EXTEND,
    NO_TERM,
    is_changed_alone,
    propose_term,
    put_back,
    term_before,
)
from appointments.services.terms import set_term, settle_state
from appointments.vocabulary import RUNNING, AppointmentKind, AppointmentState
from sgoffice.changes import clock, references, second_person
from sgoffice.changes.door import Expected, change, create
from sgoffice.changes.steps import Steps
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.date_words import day_in_words
from sgoffice.records.entries import RECORD_FIELDS, Correction, assign_fields, given_values, require_exists
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Marking

_APART = ("session", "decision", "deviation")
#: What is corrected of a term without asking its rules again.
_NOT_OF_A_TERM = RECORD_FIELDS | {"title", "number", "scope", "instrument", *LINKS}


def propose_appointment(entry: AppointmentEntry, *, by: Actor) -> Appointment:
    """Record that the proposing body proposes a person (Article 28); the post stays vacant."""
    return _create_appointment(entry, by=by, verb="propose", state=AppointmentState.PROPOSED)


def record_appointment(entry: AppointmentEntry, *, by: Actor) -> Appointment:
    """Record an appointment, reappointment, election or acting holder.

    One person alone records a proposal, and proposes the term to an approver. Raises RuleViolation for two holders at
    once, for too many or too long terms under the rule of their day, and for a reappointment without a first term
    (Constitution, Articles 28, 29).
    """
    if entry.start is None:
        raise InvalidEntry([("/start", "Give the day on which the term begins, or record a proposal instead.")])
    return _create_appointment(entry, by=by, verb="appoint", state=AppointmentState.DESIGNATE)


STEPS = Steps(columns=Appointment, not_in_form=frozenset(LINKS))


def _in(*states: AppointmentState) -> Callable[[Appointment], bool]:
    return lambda term: term.state in states


@STEPS.declare(
    "appoint",
    "Appoint",
    summary="Appoint the proposed person",
    description="An approver agrees before anything is stored: 202 with the proposal.",
    example={"appointed": "2024-11-05", "start": "2024-11-07", "expected_end": "2029-11-07"},
    is_open=_in(AppointmentState.PROPOSED),
    tone="primary",
)
def approve_proposal(appointment_id: UUID, entry: StartEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Record that the appointing body appointed the person proposed. Refuses what record_appointment() refuses."""
    return appoint(appointment_id, given_values(entry), by=by, expected=expected)


def appoint(
    appointment_id: UUID, given: Mapping[str, Any], *, by: Actor, expected: Expected, reason: str = ""
) -> Appointment:
    """Give a proposed person the term that is given, or propose that to a second person."""
    term = {name: value for name, value in given.items() if name not in _APART}
    with change(Appointment, appointment_id, verb="appoint", by=by, expected=expected, reason=reason) as appointment:
        _require_state(appointment, AppointmentState.PROPOSED)
        before = term_before(appointment)
        assign_fields(appointment, Correction(AppointmentEntry, term))
        set_term(appointment)
        settle_state(appointment)
        links = {name: given[name] for name in LINKS if given.get(name)}
        if is_held_back := is_changed_alone(appointment, before, by=by):
            require_term_links(links, appointed_by=appointment.appointed_by_id)
            put_back(appointment, before)
        else:
            set_term_links(appointment, links)
    if is_held_back:
        propose_term(APPOINT, appointment_id, _without_empty(given), by=by)
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
    description="The holder stays beyond the term; the extension is an appointment of its own. An approver agrees "
    "before anything is stored: 202 with the proposal.",
    example={"until": "2030-03-01", "reason": "Until the Council meets."},
    is_open=_in(AppointmentState.ASSUMED, AppointmentState.ENDED, AppointmentState.DESIGNATE),
)
def extend_appointment(appointment_id: UUID, entry: ExtensionEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Return the extension, an appointment of its own that follows the term, or the term if it is only proposed."""
    _require_day(entry.until, "/until")
    with change(Appointment, appointment_id, verb="extend", by=by, expected=expected, reason=entry.reason) as term:
        _require_state(term, AppointmentState.ASSUMED, AppointmentState.ENDED, AppointmentState.DESIGNATE)
        last = term.during.upper
        if last is None:
            raise RuleViolation("The term has no end, so it cannot be extended.", rule="open-term", pointer="/until")
        if date.fromisoformat(entry.until) <= last:
            detail = f"The term lasts until {day_in_words(last)}: extend it beyond that day."
            raise RuleViolation(detail, rule="end-after-start", pointer="/until")
        require_term_links(given_values(entry), appointed_by=None)
        extension = _extension_of(term, entry, by=by)
        if second_person.is_one_person(by):
            assign_fields(draft := Appointment(), extension, skip=_APART)
            set_term(draft)
        else:
            term.end = term.end or last
    if second_person.is_one_person(by):
        content = given_values(entry) | {"reason": None}
        propose_term(EXTEND, appointment_id, _without_empty(content), by=by, purpose=entry.reason)
        return term
    return _create_appointment(extension, by=by, verb="extend", state=AppointmentState.DESIGNATE)


def _extension_of(term: Appointment, entry: ExtensionEntry, *, by: Actor) -> AppointmentEntry:
    return AppointmentEntry(
        post=term.post_id,
        person=term.person_id,
        kind=AppointmentKind.EXTENSION,
        start=term.during.upper.isoformat(),
        expected_end=entry.until,
        appointed=entry.appointed,
        session=entry.session,
        decision=entry.decision,
        marking=term.marking if by == OFFICE or term.marking != Marking.PUBLIC else Marking.INTERNAL,
        readers=tuple(term.readers),
        title=term.title,
    )


@STEPS.declare(
    "end",
    "End",
    summary="End an appointment",
    description="On the day on which the successor takes over, for an approver. A term ends no later than it lasts: "
    "it is extended.",
    example={"on": "2026-01-01", "end_reason": "resignation", "reason": "For reasons of health."},
    permission=Permission.APPROVE,
    is_open=_in(AppointmentState.ASSUMED, AppointmentState.DESIGNATE),
)
def end_appointment(appointment_id: UUID, entry: EndEntry, *, by: Actor, expected: Expected) -> Appointment:
    """Record the end, or correct that of a term which the clock recorded as expired."""
    _require_day(entry.on, "/on")
    with change(Appointment, appointment_id, verb="end", by=by, expected=expected, reason=entry.reason) as appointment:
        if not _ended_by_clock(appointment):
            _require_state(appointment, *sorted(RUNNING))
        last = appointment.during.upper
        if last is not None and date.fromisoformat(entry.on) > last:
            detail = f"The term lasts until {day_in_words(last)}: extend it, or correct its end."
            raise RuleViolation(detail, rule="ends-later-than-it-lasts", pointer="/on")
        assign_fields(appointment, Correction(AppointmentEntry, {"end": entry.on, "end_reason": entry.end_reason}))
        appointment.state = AppointmentState.ENDED
        set_term(appointment)
    return appointment


def _require_day(text: str, pointer: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise InvalidEntry([(pointer, "Write a day such as 2016-11-21.")]) from None


@references.takes_names
def correct_appointment(
    appointment_id: UUID, correction: Correction[AppointmentEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Appointment:
    """Correct an appointment; the result must satisfy the rules of its day.

    A term that the clock ended is in office again if the correction moves its end.
    """
    by.require(Permission.WRITE)
    if "deviation" in correction:
        require_legal_deviation(date.max, is_office=False)
    _require_known({name: correction.get(name) for name in _KEYS}, by=by)
    held_back: dict[str, Any] = {}
    with change(Appointment, appointment_id, verb="correct", by=by, expected=expected, reason=reason) as appointment:
        before = term_before(appointment)
        if appointment.state != AppointmentState.PROPOSED:
            _require_same_holder(appointment, correction, by=by)
        assign_fields(appointment, correction, skip=_APART)
        set_term_links(appointment, correction.values)
        if appointment.state != AppointmentState.PROPOSED and not _NOT_OF_A_TERM.issuperset(correction.values):
            set_term(appointment)
            if is_changed_alone(appointment, before, by=by):
                held_back = put_back(appointment, before)
            elif _ended_by_clock(appointment) and before["during"].upper != appointment.during.upper:
                appointment.state, appointment.end_reason = AppointmentState.ASSUMED, ""
    if held_back:
        propose_term(CORRECT_TERM, appointment_id, held_back, by=by, purpose=reason)
    return appointment


def _require_same_holder(appointment: Appointment, correction: Correction[AppointmentEntry], *, by: Actor) -> None:
    """Refuse to make another person the holder, or another post the one that is held, by a correction."""
    for name, key in (("person", appointment.person_id), ("post", appointment.post_id)):
        if name in correction and correction.get(name) != key and second_person.is_one_person(by):
            detail = "Who holds which post is not corrected: mark the term as entered in error, and record another one."
            raise RuleViolation(detail, rule="second-person", pointer=f"/{name}")


def _ended_by_clock(appointment: Appointment) -> bool:
    """Tell whether the clock ended a term: it then has no end of its own."""
    return appointment.state == AppointmentState.ENDED and appointment.end is None


_KEYS: dict[str, Any] = {"post": Post, "person": Person, "proposed_by": Body, "appointed_by": Body}


def _require_known(keys: dict[str, Any], *, by: Actor) -> None:
    for name, key in keys.items():
        require_exists(_KEYS[name], {f"/{name}": key}, by=by)


def _require_state(appointment: Appointment, *allowed: str) -> None:
    if appointment.state not in allowed:
        detail = f"This cannot be done while the appointment is “{appointment.get_state_display()}”."
        raise RuleViolation(detail, rule="state", pointer="/state")


@references.takes_names
def _create_appointment(entry: AppointmentEntry, *, by: Actor, verb: str, state: str) -> Appointment:
    by.require(Permission.WRITE)
    _require_known({name: getattr(entry, name) for name in _KEYS}, by=by)
    is_held_back = state != AppointmentState.PROPOSED and second_person.is_one_person(by)
    held_back: dict[str, Any] = {}
    with create(Appointment, verb="propose" if is_held_back else verb, by=by) as appointment:
        assign_fields(appointment, entry, skip=_APART)
        appointment.state = state
        _set_deviation(appointment, entry, is_office=by == OFFICE)
        if state != AppointmentState.PROPOSED:
            set_term(appointment)
            settle_state(appointment)
        links = {"session": entry.session, "decision": entry.decision}
        if is_held_back:
            require_term_links(links, appointed_by=appointment.appointed_by_id)
            held_back = put_back(appointment, NO_TERM) | links
        else:
            set_term_links(appointment, links)
    if is_held_back:
        propose_term(APPOINT, appointment.pk, _without_empty(held_back), by=by)
    return appointment


def _without_empty(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if value is not None}


def _set_deviation(appointment: Appointment, entry: AppointmentEntry, *, is_office: bool) -> None:
    if entry.deviation is not None:
        require_legal_deviation(appointment.start_earliest or date.max, is_office=is_office)
        appointment.deviation = {name: getattr(entry.deviation, name) for name in ("rule", "reason", "source")}

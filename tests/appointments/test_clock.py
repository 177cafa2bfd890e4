"""A term that runs out: ended by the clock, once, and taken back when a correction moves its end."""

import json
from datetime import date, datetime

import pytest

from appointments import services
from appointments.models import Appointment
from sgoffice import documents
from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import CLOCK, OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.models import HistoryEntry
from tests.factories import appointments as make

pytestmark = pytest.mark.django_db
AT_ONCE = {"by": OFFICE, "expected": ANY_VERSION}


def strike(day: str) -> clock.PassRun:
    runs = clock.run_passes(datetime.fromisoformat(f"{day}T12:00:00+00:00"))
    return next(run for run in runs if run.name == "appointments")


def shown(appointment: Appointment) -> dict:
    stored = documents.fetch_document(Appointment, appointment.pk)
    assert stored is not None
    return json.loads(stored.body)


def noted(appointment: Appointment) -> list[str]:
    rows = HistoryEntry.objects.filter(record_id=appointment.pk, actor=str(CLOCK)).order_by("id")
    return [row.reason.split(":")[0] for row in rows]


@pytest.fixture
def term() -> Appointment:
    """Five years by the rule, until 7 November 2029."""
    return make.appointment(start="2024-11-07")


def test_a_term_that_ran_out_is_ended_on_its_day_and_not_before(term):
    services.assume_office(term.pk, services.DayEntry(on=date(2024, 11, 7)), **AT_ONCE)

    strike("2029-11-06")
    assert shown(term)["state"] == "assumed"
    strike("2029-11-07")

    assert (shown(term)["state"], shown(term)["end_reason"], shown(term)["end"]) == ("ended", "end_of_term", None)
    assert noted(term) == ["2029-11-07"]
    assert list(documents.differences()) == []


@pytest.mark.parametrize(
    ("expected", "last", "first"), [("2029-11", "2029-11-30", "2029-12-01"), ("2029", "2029-12-31", "2030-01-01")]
)
def test_a_term_whose_end_is_known_to_the_month_or_the_year_is_ended_once_that_is_over(expected, last, first):
    term = make.appointment(start="2024-11-07", expected_end=expected)
    services.assume_office(term.pk, services.DayEntry(on=date(2024, 11, 7)), **AT_ONCE)

    strike(last)
    assert shown(term)["state"] == "assumed"
    strike(first)

    assert (shown(term)["state"], shown(term)["end"], noted(term)) == ("ended", None, [expected])


def test_noted_again_it_changes_nothing(term):
    strike("2029-12-01")

    assert strike("2029-12-02").applied == 0
    services.end_expired_term(term.pk, on=date(2029, 11, 7), by=CLOCK)

    assert noted(term) == ["2029-11-07"]


def test_terms_end_in_the_order_of_their_days_however_late_the_clock_comes(term):
    second = make.appointment(person=term.person_id, start="2029-11-07", kind="reappointment")

    strike("2040-01-01")

    rows = HistoryEntry.objects.filter(actor=str(CLOCK)).order_by("id")
    assert [row.record_id for row in rows] == [term.pk, second.pk]


def test_whoever_ended_otherwise_or_has_no_end_is_left_alone(term):
    services.end_appointment(term.pk, services.EndEntry(on="2027-01-01", end_reason="resignation"), **AT_ONCE)
    proposed = services.propose_appointment(
        services.AppointmentEntry(post=term.post_id, person=term.person_id, expected_end="2027-01-01"), by=OFFICE
    )
    acting = make.appointment("An acting holder", start="2027-01-01", kind="acting")

    strike("2040-01-01")

    assert [noted(one) for one in (term, proposed, acting)] == [[], [], ["2027-01-01"]]


def test_an_acting_holder_leaves_when_it_was_expected():
    acting = make.appointment("An acting holder", start="2027-01-01", kind="acting", expected_end="2027-06-30")

    strike("2027-07-01")

    assert (shown(acting)["state"], noted(acting)) == ("ended", ["2027-01-01", "2027-06-30"])


def test_a_correction_that_moves_the_end_has_the_term_run_again(term):
    strike("2029-12-01")

    services.correct_appointment(term.pk, Correction(services.AppointmentEntry, {"start": "2025-11-07"}), **AT_ONCE)

    assert (shown(term)["state"], shown(term)["end_reason"]) == ("assumed", "")
    strike("2030-11-07")
    assert noted(term) == ["2029-11-07", "2030-11-07"]


def test_a_correction_of_something_else_leaves_it_ended(term):
    strike("2029-12-01")

    services.correct_appointment(term.pk, Correction(services.AppointmentEntry, {"title": "President"}), **AT_ONCE)

    assert shown(term)["state"] == "ended"
    assert strike("2029-12-02").applied == 0


def test_what_ran_out_may_still_be_told_to_have_ended_before(term):
    strike("2029-12-01")

    services.end_appointment(term.pk, services.EndEntry(on="2029-10-01", end_reason="resignation"), **AT_ONCE)

    assert (shown(term)["end"], shown(term)["end_reason"]) == ("2029-10-01", "resignation")

"""Nobody gives, extends or corrects a term alone: what one proposes changes nothing before an approver agrees."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from appointments import services
from appointments.models import Appointment
from appointments.services import AppointmentEntry
from sgoffice.approvals.models import Approval
from sgoffice.changes.corrections import enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import NotPermitted, RuleViolation
from tests.factories import appointments as make
from tests.factories import approvals
from tests.factories.directory import person
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db
TERM = {"appointed": "2024-11-05", "start": "2024-11-07"}


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member("officer")


def enter(by, **values):
    entry = {"post": make.post().pk, "person": person("Testa Candidate").pk} | TERM | values
    return services.record_appointment(AppointmentEntry(**entry), by=by)


def extend(term, until="2030-03-01", *, by):
    entry = services.ExtensionEntry(until=until, reason="Until the Assembly meets.")
    return services.extend_appointment(term.pk, entry, by=by, expected=ANY_VERSION)


def correct(term, *, by, **values):
    correction = Correction(AppointmentEntry, values)
    return services.correct_appointment(term.pk, correction, by=by, expected=ANY_VERSION, reason="A slip.")


def end(term, on, *, by):
    entry = services.EndEntry(on=on, end_reason="resignation")
    return services.end_appointment(term.pk, entry, by=by, expected=ANY_VERSION)


def now(record):
    one = Appointment.objects.get(pk=record.pk)
    return one.state, one.start, one.during and str(one.during.upper)


def test_a_new_term_is_a_proposal_until_an_approver_agrees(officer, chief):
    made = enter(officer)
    before, waiting = now(made), approvals.pending(made.pk)
    holders = services.find_holders(made.post, date(2025, 1, 1), actor=OFFICE)

    approvals.approve(waiting, by=chief)

    assert before == ("proposed", None, None)
    assert holders.holders == ()
    assert (waiting.action, waiting.content) == ("appoint", TERM)
    assert now(made) == ("designate", "2024-11-07", "2029-11-07")


def test_what_breaks_a_rule_is_refused_when_it_is_proposed(officer):
    with pytest.raises(RuleViolation) as refused:
        enter(officer, expected_end="2044-11-01")

    assert refused.value.rule == "term-too-long"
    assert not Approval.objects.exists()


def test_what_breaks_a_rule_since_is_refused_when_it_is_approved(officer, chief):
    made = enter(officer)
    make.appointment("Somebody Else", start="2024-11-07")

    with pytest.raises(RuleViolation, match="Somebody else holds the post"):
        approvals.approve(approvals.pending(made.pk), by=chief)

    assert now(made) == ("proposed", None, None)
    assert approvals.pending(made.pk).state == "proposed"


@pytest.mark.parametrize("role", ["officer", "approver"])
def test_nobody_approves_an_appointment_of_their_own(role, officer):
    proposer = approvals.member(role)
    made = enter(proposer)

    with pytest.raises((RuleViolation, NotPermitted)):
        approvals.approve(approvals.pending(made.pk), by=proposer)

    assert now(made)[0] == "proposed"


def test_who_joined_after_a_proposal_does_not_approve_it(officer):
    made = enter(officer)

    with pytest.raises(RuleViolation, match="who was a member of staff before"):
        approvals.approve(approvals.pending(made.pk), by=approvals.member("approver"))


def test_an_extension_takes_two(officer, chief):
    term = make.appointment("Testa Holder", start="2024-11-07")

    extend(term, by=officer)
    before, rows = now(term), Appointment.objects.count()
    approvals.approve(approvals.pending(term.pk), by=chief)
    extension = Appointment.objects.get(kind="extension")

    assert (before, rows) == (("designate", "2024-11-07", "2029-11-07"), 1)
    assert now(extension) == ("designate", "2029-11-07", "2030-03-01")
    assert (term.marking, extension.marking) == ("public", "internal")
    assert Appointment.objects.get(pk=term.pk).end == "2029-11-07"


def test_an_extension_into_the_term_of_a_successor_is_refused_when_it_is_proposed(officer):
    term = make.appointment("Testa Holder", start="2024-11-07")
    make.appointment("Testa Successor", start="2029-11-07", appointed="2024-11-06")

    with pytest.raises(RuleViolation, match="Somebody else holds the post from 2029-11-07"):
        extend(term, by=officer)

    assert not Approval.objects.exists()


def test_an_extension_begins_by_the_clock_and_is_not_over_before_its_end():
    extension = extend(make.appointment("Testa Holder", start="2014-11-07"), "2027-01-01", by=OFFICE)

    assert (extension.state, services.end_of(extension)) == ("assumed", "2027-01-01")


def test_an_extension_reaches_beyond_the_term():
    term = make.appointment("Testa Holder", start="2024-11-07")

    with pytest.raises(RuleViolation, match="beyond that day"):
        extend(term, "2029-11-07", by=OFFICE)


def test_dates_are_corrected_by_two_and_the_rest_at_once(officer, chief):
    term = make.appointment("Testa Holder", start="2024-11-07", expected_end="2029-11")

    correct(term, by=officer, start="2024-11-08", expected_end=None, title="Secretary General")
    before, waiting = now(term), approvals.pending(term.pk)
    approvals.approve(waiting, by=chief)

    assert before == ("designate", "2024-11-07", "2029-11-07")
    assert (waiting.action, waiting.content) == ("correct_term", {"start": "2024-11-08", "expected_end": None})
    assert now(term) == ("designate", "2024-11-08", "2029-11-08")
    assert Appointment.objects.get(pk=term.pk).title == "Secretary General"


def test_a_title_needs_no_second_person(officer):
    term = make.appointment("Testa Holder", start="2024-11")

    correct(term, by=officer, title="Secretary General", number=1)

    assert Appointment.objects.get(pk=term.pk).number == 1
    assert not Approval.objects.exists()


def test_a_correction_makes_nobody_else_the_holder(officer):
    term = make.appointment("Testa Holder", start="2024-11-07")

    with pytest.raises(RuleViolation) as refused:
        correct(term, by=officer, person=person("Another").pk)

    assert (refused.value.rule, refused.value.pointer) == ("second-person", "/person")


def test_an_approver_ends_a_term_and_never_later_than_it_lasts(officer, chief):
    term = make.appointment("Testa Holder", start="2024-11-07")

    with pytest.raises(NotPermitted):
        end(term, "2026-01-01", by=officer)
    with pytest.raises(RuleViolation, match="extend it"):
        end(term, "2029-11-08", by=chief)
    end(term, "2026-01-01", by=chief)

    assert now(term) == ("ended", "2024-11-07", "2026-01-01")


_BY_HAND = [
    (
        "UPDATE appointments_appointment SET state = 'designate', start = '2024-11-07', start_earliest = '2024-11-07', "
        "start_latest = '2024-11-07', during = '[2024-11-07,2029-11-07)' WHERE state = 'proposed'"
    ),
    (
        "UPDATE appointments_appointment SET during = '[2024-11-07,2029-11-06)', \"end\" = '2029-11-06', "
        "end_earliest = '2029-11-06', end_latest = '2029-11-06' WHERE state = 'designate'"
    ),
    "UPDATE appointments_appointment SET during = '[2024-11-08,2029-11-07)' WHERE state = 'designate'",
    (
        "UPDATE appointments_appointment SET start = '2024-11-08', start_earliest = '2024-11-08', "
        "start_latest = '2024-11-08' WHERE state = 'designate'"
    ),
    (
        "UPDATE appointments_appointment SET expected_end = NULL, expected_end_earliest = NULL, "
        "expected_end_latest = NULL WHERE state = 'designate'"
    ),
    (
        "UPDATE appointments_appointment SET person_id = (SELECT person_id FROM appointments_appointment "
        "WHERE state = 'proposed') WHERE state = 'designate'"
    ),
    "UPDATE appointments_appointment SET kind = 'election' WHERE state = 'designate'",
    "UPDATE appointments_appointment SET state = 'proposed' WHERE state = 'designate'",
    "UPDATE appointments_appointment SET is_in_error = true WHERE state = 'designate'",
    "UPDATE appointments_appointment SET start_earliest = '2024-01-01' WHERE state = 'designate'",
    "UPDATE appointments_appointment SET expected_end_latest = '2099-12-31' WHERE state = 'designate'",
    "UPDATE appointments_appointment SET state = 'assumed' WHERE state = 'ended'",
    "UPDATE appointments_appointment SET state = 'designate' WHERE state = 'ended'",
    "UPDATE appointments_appointment SET end_latest = '2099-12-31' WHERE state = 'ended'",
    "UPDATE appointments_appointment SET end_earliest = '2013-01-01' WHERE state = 'ended'",
    (
        "UPDATE appointments_appointment SET state = 'ended', \"end\" = '2026-01-01', end_earliest = '2026-01-01', "
        "end_latest = '2099-12-31', during = '[2024-11-07,2026-01-01)' WHERE state = 'designate'"
    ),
    "UPDATE appointments_appointment SET is_in_error = false WHERE is_in_error",
]


@pytest.mark.parametrize("statement", _BY_HAND)
def test_the_database_refuses_what_one_person_does_by_hand(statement):
    make.appointment("Testa Holder", start="2024-11-07", expected_end="2029-11-07")
    make.appointment("Testa Earlier", start="2009-11-07", end="2014-11-07")
    off = make.appointment("Testa Nobody", start="2014-11-07", end="2019-11-07")
    enter_in_error(Appointment, off.pk, by=OFFICE, expected=ANY_VERSION, reason="Never so.")
    entry = AppointmentEntry(post=make.post("president").pk, person=person("Testa Proposed").pk)
    services.propose_appointment(entry, by=OFFICE)

    with pytest.raises(IntegrityError, match="by one person alone"), transaction.atomic():
        ask(statement)


def test_an_end_by_hand_shortens_a_term_and_never_prolongs_it():
    term = make.appointment("Testa Holder", start="2024-11-07", expected_end="2028-11-07")
    shorter, longer = (
        f"UPDATE appointments_appointment SET state = 'ended', during = '[2024-11-07,{day})', \"end\" = '{day}', "
        f"end_earliest = '{day}', end_latest = '{day}'"
        for day in ("2026-01-01", "2027-01-01")
    )

    ask(shorter)
    with pytest.raises(IntegrityError, match="by one person alone"), transaction.atomic():
        ask(longer)

    assert now(term)[2] == "2026-01-01"


@pytest.mark.parametrize("role", ["officer", "approver"])
def test_no_term_leaves_the_register_or_comes_back_by_one_person(chief, role):
    term = make.appointment("Somebody", start="2024-11-07")

    enter_in_error(Appointment, term.pk, by=approvals.member(role), expected=ANY_VERSION, reason="Never so.")
    assert Appointment.objects.get(pk=term.pk).is_live
    approvals.approve(approvals.pending(term.pk), by=chief)
    assert not Appointment.objects.get(pk=term.pk).is_live

    restore(Appointment, term.pk, by=approvals.member(role), expected=ANY_VERSION, reason="It was so.")
    assert not Appointment.objects.get(pk=term.pk).is_live
    approvals.approve(approvals.pending(term.pk), by=chief)
    assert Appointment.objects.get(pk=term.pk).is_live

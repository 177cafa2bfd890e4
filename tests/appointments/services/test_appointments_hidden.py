"""A hidden appointment decides nothing that others read: who approves a term learns of it, who proposes it does not."""

import pytest
from django.db import IntegrityError, connection, transaction

from appointments import services
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import appointments as make
from tests.factories import approvals
from tests.factories.directory import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def chief():
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member("officer")


def record(name, start, *, by, **values):
    entry = services.AppointmentEntry(post=make.post().pk, person=person(name).pk, start=start, **values)
    return services.record_appointment(entry, by=by)


def approve(record, *, by):
    return approvals.approve(approvals.pending(record.pk), by=by)


def refusal(work):
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        work()
    found = refused.value
    return found.detail, found.rule


@pytest.fixture
def heir():
    return make.appointment("Otto Zqxheir", start="2029-11-07", marking="restricted")


def test_a_proposal_that_overlaps_a_hidden_term_is_taken_and_the_approver_reads_why_not(heir, officer, chief):
    probe = record("Probe", "2030-05-26", by=officer)

    told = refusal(lambda: approve(probe, by=chief))

    assert told == ("Somebody else holds the post from 2029-11-07 until 2034-11-07.", "one-holder-at-a-time")


def test_what_hidden_terms_forbid_is_refused_to_the_approver_alone(heir, officer, chief):
    holder = make.appointment("Jürgen Stock", start="2019-11-07", end="2024-11-07", marking="restricted").person
    make.appointment(person=holder.pk, kind="reappointment", start="2024-11-07", marking="restricted")
    later = make.appointment("Later", start="2045-11-07", end="2046-11-07", marking="internal")
    term = make.appointment("Before", start="2017-11-07", end="2019-11-07", marking="internal")
    third = services.AppointmentEntry(post=make.post().pk, person=holder.pk, start="2039-11-07")
    patch = Correction(services.AppointmentEntry, {"start": "2029-12-01", "end": "2030-11-07"})
    longer = services.ExtensionEntry(until="2020-03-01", reason="Until the Council meets.")

    proposed = services.record_appointment(third, by=officer)
    services.correct_appointment(later.pk, patch, by=officer, expected=ANY_VERSION)
    services.extend_appointment(term.pk, longer, by=officer, expected=ANY_VERSION)

    rules = [refusal(lambda one=one: approve(one, by=chief))[1] for one in (proposed, later, term)]
    assert rules == ["too-many-terms", "one-holder-at-a-time", "one-holder-at-a-time"]


def test_whoever_sees_the_other_term_reads_at_once_which_it_is(heir, officer):
    make.appointment("Known", start="2019-11-07", end="2024-11-07", marking="internal")

    known = refusal(lambda: record("Probe", "2020-05-26", by=officer))

    assert known == ("Somebody else holds the post from 2019-11-07 until 2024-11-07.", "one-holder-at-a-time")


def test_a_hidden_end_is_not_the_chosen_first_day_of_an_open_term(officer, chief):
    make.appointment("Hidden Predecessor", start="2009-11-20", end="2014-11-07", marking="restricted", kind="acting")
    make.appointment("Hidden Holder", start="2009-11-20", end="2014-11-07", marking="restricted")

    early, opened = (record(name, start, by=officer) for name, start in (("Open", "2014-11"), ("Later", "2014-12")))
    refused = refusal(lambda: approve(early, by=chief))
    approve(opened, by=chief)
    opened.refresh_from_db()

    assert refused[1] == "one-holder-at-a-time"
    assert str(opened.during.lower) == "2014-12-01"


def test_the_database_refuses_two_holders_whoever_may_see_them(heir):
    other = make.appointment("Other", start="2040-11-07", marking="internal")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE appointments_appointment SET during = '[2030-01-01,2031-01-01)' WHERE id = %s", [other.pk]
        )

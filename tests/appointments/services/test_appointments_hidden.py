"""A hidden appointment decides nothing that others read, and is refused in words that say no more than any refusal."""

import pytest
from django.db import IntegrityError, connection, transaction

from appointments import services
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import appointments as make
from tests.factories.directory import person

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "officer", "Officer", frozenset({Permission.READ, Permission.WRITE}))
APPROVER = Actor("staff", "chief", "Chief", frozenset({Permission.READ, Permission.WRITE, Permission.APPROVE}))


def record(name, start, by=OFFICER, **values):
    entry = services.AppointmentEntry(post=make.post().pk, person=person(name).pk, start=start, **values)
    return services.record_appointment(entry, by=by)


def refusal(work):
    with pytest.raises(RuleViolation) as refused, transaction.atomic():
        work()
    found = refused.value
    return found.detail, found.rule, found.basis, found.pointer, found.records


@pytest.fixture
def heir():
    return make.appointment("Otto Zqxheir", start="2029-11-07", marking="restricted")


def test_an_overlap_with_a_hidden_term_is_refused_without_its_days_or_its_existence(heir):
    hidden = refusal(lambda: record("Probe", "2030-05-26"))
    acting = make.appointment("Acting Zqx", kind="acting", start="2031-01-01", end="2031-03-01", marking="restricted")
    other = refusal(lambda: record("Another", "2031-02-01", kind="acting", end="2031-04-01"))

    assert acting.pk
    assert hidden == other
    assert hidden[1:] == ("ask-an-approver", "", "", ())
    assert "post" not in hidden[0]
    assert not any(mark.isdigit() for mark in hidden[0])


def test_every_rule_that_hidden_terms_break_is_refused_in_the_same_words(heir):
    holder = make.appointment("Jürgen Stock", start="2019-11-07", end="2024-11-07", marking="restricted").person
    make.appointment(person=holder.pk, kind="reappointment", start="2024-11-07", marking="restricted")

    def too_many():
        entry = services.AppointmentEntry(post=make.post().pk, person=holder.pk, start="2039-11-07")
        services.record_appointment(entry, by=OFFICER)

    def moved():
        later = make.appointment("Later", start="2045-11-07", end="2046-11-07", marking="internal")
        patch = Correction(services.AppointmentEntry, {"start": "2029-12-01", "end": "2030-11-07"})
        services.correct_appointment(later.pk, patch, by=OFFICER, expected=ANY_VERSION)

    def extended():
        term = make.appointment("Before", start="2017-11-07", end="2019-11-07", marking="internal")
        entry = services.ExtensionEntry(until="2020-03-01", reason="Until the Council meets.")
        services.extend_appointment(term.pk, entry, by=OFFICER, expected=ANY_VERSION)

    plain = refusal(lambda: record("Probe", "2030-05-26"))
    assert [refusal(work) for work in (too_many, moved, extended)] == [plain] * 3


def test_approvers_and_whoever_sees_the_other_term_read_which_it_is(heir):
    make.appointment("Known", start="2019-11-07", end="2024-11-07", marking="internal")

    told = refusal(lambda: record("Probe", "2030-05-26", by=APPROVER))
    known = refusal(lambda: record("Probe", "2020-05-26"))

    assert told[0] == "Somebody else holds the post from 2029-11-07 until 2034-11-07."
    assert known[:2] == ("Somebody else holds the post from 2019-11-07 until 2024-11-07.", "one-holder-at-a-time")


def test_a_hidden_end_is_not_the_chosen_first_day_of_an_open_term():
    make.appointment("Hidden Predecessor", start="2009-11-20", end="2014-11-07", marking="restricted", kind="acting")
    make.appointment("Hidden Holder", start="2009-11-20", end="2014-11-07", marking="restricted")

    with pytest.raises(RuleViolation, match="ask an approver"), transaction.atomic():
        record("Open", "2014-11")
    opened = record("Open", "2014-12")

    assert str(opened.during.lower) == "2014-12-01"


def test_the_database_refuses_two_holders_whoever_may_see_them(heir):
    other = make.appointment("Other", start="2040-11-07", marking="internal")

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE appointments_appointment SET during = '[2030-01-01,2031-01-01)' WHERE id = %s", [other.pk]
        )

"""The dates and bodies of a term are those of the rule of its day; nothing that lies ahead is said as done."""

from datetime import date, timedelta

import pytest

from appointments import services
from appointments.models import Appointment
from appointments.services import AppointmentEntry, DayEntry, find_holders
from sgoffice.changes import clock
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import CLOCK, OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import appointments as make

pytestmark = pytest.mark.django_db
LEGAL = {"proposed": "2024-06-25", "appointed": "2024-11-05", "start": "2024-11-07", "expected_end": "2029-11-07"}


@pytest.fixture
def bodies():
    """Make the bodies of the rule since 2017, and one that has no say."""
    post = make.post()
    named = {
        slug: services.set_up_body(
            services.BodyEntry(slug=slug, name=slug, organization=post.organization_id), by=OFFICE
        ).pk
        for slug in ("executive-committee", "general-assembly", "advisers")
    }
    rule = post.term_rules.get(valid__contains=date(2024, 1, 1))
    whose = {"proposed_by": named["executive-committee"], "appointed_by": named["general-assembly"]}
    services.correct_term_rule(rule.pk, Correction(services.TermRuleEntry, whose), by=OFFICE, expected=ANY_VERSION)
    return named


def refused(take):
    with pytest.raises(RuleViolation) as raised:
        take()
    return raised.value.rule


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"proposed": "2024-11-06"}, "proposal-before-appointment"),
        ({"appointed": "2024-11-08"}, "appointment-before-start"),
        ({"appointed": "2028-11-05", "start": "2029-11-07", "expected_end": None}, "not-in-the-future"),
        ({"proposed": "2030-01-01"}, "not-in-the-future"),
        ({"appointed": "2029-11", "start": "2029-11", "expected_end": None}, "not-in-the-future"),
        ({"expected_end": "2044-11-01"}, "term-too-long"),
        ({"expected_end": "2030"}, "term-too-long"),
        ({"proposed_by": "advisers"}, "proposing-body"),
        ({"appointed_by": "advisers"}, "appointing-body"),
        ({"proposed_by": "general-assembly"}, "proposing-body"),
    ],
)
def test_what_the_rule_of_the_day_does_not_allow_is_refused(bodies, changed, rule):
    values = {name: bodies.get(value, value) for name, value in (LEGAL | changed).items()}

    assert refused(lambda: make.appointment("Testa Candidate", **values)) == rule


def test_what_the_rule_names_is_taken_and_a_correction_obeys_it_too(bodies):
    by = {"proposed_by": bodies["executive-committee"], "appointed_by": bodies["general-assembly"]}
    made = make.appointment("Testa Candidate", **LEGAL, **by)

    def correct(**values):
        correction = Correction(AppointmentEntry, values)
        services.correct_appointment(made.pk, correction, by=OFFICE, expected=ANY_VERSION)

    assert refused(lambda: correct(expected_end="2044-11-01")) == "term-too-long"
    assert refused(lambda: correct(appointed_by=bodies["advisers"])) == "appointing-body"


def test_nobody_takes_office_on_a_day_that_has_not_come():
    ahead = clock.day_of_transaction() + timedelta(days=30)
    made = make.appointment("Testa Candidate", start=ahead.isoformat())

    def assume():
        services.assume_office(made.pk, DayEntry(on=ahead), by=OFFICE, expected=ANY_VERSION)

    assert refused(assume) == "not-in-the-future"


def test_an_acting_term_begins_and_ends_by_the_clock():
    today = clock.day_of_transaction()
    days = [str(today + timedelta(days=count)) for count in (-5, 0, 2, 9)]
    acting = make.appointment("Testa Acting", kind="acting", start=days[2], expected_end=days[3])
    begun = make.appointment("Testa Before", kind="acting", start=days[0], expected_end=days[1])
    states = acting.state, begun.state

    [due] = services.find_due_acting(today + timedelta(days=3), ())
    services.begin_acting_term(due.record, on=due.on, by=CLOCK)
    found = find_holders(acting.post, today + timedelta(days=4), actor=OFFICE)
    ends = [one.record for one in services.find_due_ends(today + timedelta(days=9), ())]

    assert states == ("designate", "assumed")
    assert Appointment.objects.get(pk=acting.pk).state == "assumed"
    assert [one.pk for one in found.acting] == [acting.pk]
    assert acting.pk in ends


def test_an_end_that_is_known_to_the_month_stays_so():
    made = make.appointment("Testa Candidate", start="2024-11-07", expected_end="2029-11", appointed="2024-11-05")

    inside = find_holders(made.post, made.during.upper, actor=OFFICE)
    after = find_holders(made.post, made.during.upper + timedelta(days=60), actor=OFFICE)

    assert ([one.pk for one in inside.holders], inside.is_certain) == ([made.pk], False)
    assert (after.holders, after.is_certain) == ((), False)
    assert services.end_of(made) == "2029-11"

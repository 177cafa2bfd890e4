"""Superseding ends the older agreement when the newer one enters into force, whichever way it was said."""

from datetime import date

import pytest

from engagements.agreements import services
from engagements.agreements.models import Agreement
from engagements.agreements.services import steps
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import CLOCK, OFFICE
from sgoffice.records.entries import Correction
from tests.factories import agreements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 28)


def status_of(agreement, on=TODAY):
    return Agreement.objects.get(pk=agreement.pk).periods.get(during__contains=on).status


def correct(agreement, **values):
    correction = Correction(services.AgreementEntry, values)
    services.correct_agreement(agreement.pk, correction, by=OFFICE, expected=ANY_VERSION)


def supersedes(older, *articles):
    return services.RelationEntry(relation="supersedes", agreement=older.pk, articles=articles)


@pytest.fixture
def older():
    return make.in_force_since("2012-03-01")


def newer_of(*older, articles=(), **values):
    relations = tuple(supersedes(one, *articles) for one in older)
    acts = (make.act("signature", "2019-10-20"), make.act("entry_into_force", "2020-05-01"))
    return make.agreement(*acts, relations=relations, **values)


def test_a_relation_of_a_new_agreement_ends_the_older_one_and_says_so_everywhere(older):
    newer_of(older)
    officer = signed_in("officer")

    found = officer.see(f"agreements/{older.pk}/status?on=2026-11-28").json()
    in_force = officer.see("agreements?in_force_on=2021-01-01").json()["results"]
    chain = officer.see(f"agreements/{older.pk}/chain?on=2021-01-01").json()["results"]

    assert (found["status"], found["as_of"]) == ("superseded", "2020-05-01")
    assert str(older.pk) not in [one["id"] for one in in_force]
    assert [one["standing"]["status"] for one in chain] == ["superseded", "in_force"]
    assert status_of(older, date(2020, 4, 30)) == "in_force"


def test_a_relation_added_later_ends_it_and_one_taken_away_revives_it(older):
    newer = make.in_force_since("2020-05-01")
    correct(newer, relations=(supersedes(older),))
    ended = status_of(older)
    correct(newer, relations=())

    assert (ended, status_of(older)) == ("superseded", "in_force")


def test_the_act_taken_away_leaves_what_the_relation_says(older):
    newer = newer_of()
    entry = services.SupersessionEntry(date="2019-10-20", by_agreement=newer.pk)
    steps.supersede_agreement(older.pk, entry, by=OFFICE, expected=ANY_VERSION)
    by_act = status_of(older, date(2020, 1, 1))
    kept = tuple(make.act(one, "2012-03-01") for one in ("signature", "entry_into_force"))
    correct(older, acts=kept)

    assert (by_act, status_of(older, date(2020, 1, 1)), status_of(older)) == ("superseded", "in_force", "superseded")


def test_it_ends_when_the_entry_into_force_of_the_newer_is_recorded(older):
    newer = make.agreement(make.act("signature", "2019-10-20"), relations=(supersedes(older),))
    before = status_of(older)
    steps.bring_agreement_into_force(newer.pk, services.StepEntry(date="2020-05-01"), by=OFFICE, expected=ANY_VERSION)

    assert (before, status_of(older)) == ("in_force", "superseded")


def test_superseded_articles_leave_the_rest_in_force(older):
    newer_of(older, articles=("Article 4",))

    assert status_of(older) == "in_force"


def test_several_are_ended_by_one(older):
    other = make.in_force_since("2015-01-01")
    newer_of(older, other)

    assert [status_of(older), status_of(other)] == ["superseded", "superseded"]


def test_a_newer_one_that_not_all_may_read_tells_nothing(older):
    newer_of(older, marking="restricted")

    assert status_of(older) == "in_force"


def test_the_clock_follows_what_was_changed_by_any_other_way(older):
    newer = newer_of(older)
    enter_in_error(Agreement, newer.pk, by=OFFICE, expected=ANY_VERSION, reason="twice")
    for one in services.find_outdated(TODAY, ()):
        services.compute_status_anew(one.record, by=CLOCK)

    assert status_of(older) == "in_force"
    assert services.find_outdated(TODAY, ()) == []

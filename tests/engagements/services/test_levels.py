"""The level of an engagement follows from titles and posts, unless somebody states it."""

import pytest

from engagements import services
from engagements.models import Engagement
from engagements.services import steps
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services as directory_services
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "7", "Officer", frozenset({Permission.READ, Permission.WRITE}))
STEP = {"by": OFFICER, "expected": ANY_VERSION, "at": make.NOW}


@pytest.fixture(autouse=True)
def _countries():
    directory.country("MC", "Monaco")
    directory.country("PT", "Portugal")


def minister(**values):
    return make.theirs(title="Minister of Fisheries", country="PT", **values)


def correct(engagement, **values):
    patch = Correction(services.EngagementEntry, values)
    services.correct_engagement(engagement.pk, patch, **STEP)
    return Engagement.objects.get(pk=engagement.pk)


def test_it_follows_from_the_highest_title_and_says_from_which():
    spokesman = make.theirs(title="Spokesman", country="PT")

    logged = make.engagement(participants=(spokesman, minister(), make.theirs(title="Minister of State", country="MC")))

    assert logged.level == "head_of_government"
    assert logged.level_basis == {
        "rests_on": "capacity",
        "title": "Minister of State",
        "pointer": "/participants/2/capacities/0",
        "doubt": "",
    }
    assert logged.counterpart_levels == ["head_of_government", "minister"]


def test_our_own_side_and_who_did_not_come_give_none():
    logged = make.engagement(
        participants=(
            minister(side="ours"), minister(attendance="absent"), minister(mode="represented"),
            minister(attendance="declined"),
        )
    )  # fmt: skip

    assert (logged.level, logged.level_basis, logged.counterpart_levels) == ("", None, [])


def test_a_group_without_a_title_is_its_description():
    assert make.engagement(participants=(make.group("more than 20 ministers"),)).level == "minister"


def test_what_somebody_stated_is_never_replaced():
    logged = make.engagement(level="ambassador", participants=(minister(),))
    assert (logged.level, logged.level_basis) == ("ambassador", None)
    assert logged.counterpart_levels == ["minister", "ambassador"]

    corrected = correct(logged, participants=(make.theirs(title="President", country="PT"),))

    assert (corrected.level, corrected.level_basis) == ("ambassador", None)
    assert corrected.counterpart_levels == ["head_of_state", "ambassador"]


def test_a_derived_one_is_found_again_when_the_participants_are_corrected():
    logged = make.engagement(participants=(minister(),))

    corrected = correct(logged, participants=(make.theirs(title="Ambassador", country="PT"),))
    emptied = correct(logged, participants=())

    assert (corrected.level, corrected.level_basis["title"]) == ("ambassador", "Ambassador")
    assert (emptied.level, emptied.level_basis) == ("", None)


def test_repeating_a_derived_one_states_nothing_and_clearing_a_stated_one_derives_it():
    logged = make.engagement(participants=(minister(),))
    repeated = correct(logged, level="minister", title="Another")
    stated = correct(logged, level="working_level")
    cleared = correct(logged, level="")

    assert (repeated.level, repeated.level_basis["rests_on"]) == ("minister", "capacity")
    assert (stated.level, stated.level_basis) == ("working_level", None)
    assert (cleared.level, cleared.level_basis["title"]) == ("minister", "Minister of Fisheries")


def hold_post():
    ministry = directory.organization("Ministry of Fisheries", country="PT", classification="ministry")
    person = directory.person("Ana Pescadora")
    entry = directory_services.MembershipEntry(
        person=person.pk, organization=ministry.pk, role="Minister of Fisheries", start_date="2024-02-01"
    )
    directory_services.record_membership(entry, by=OFFICE)
    return person


def test_a_post_of_the_day_tells_it_where_no_title_does():
    person = hold_post()

    met, before = (make.engagement(held=day, participants=(make.theirs(person=person),), allow_duplicate=True)
                   for day in ("2024-03-01", "2024-01-10"))  # fmt: skip

    assert (met.level, met.level_basis["rests_on"], met.level_basis["pointer"]) == (
        "minister", "post", "/participants/0/person",
    )  # fmt: skip
    assert before.level == ""


def test_another_day_finds_the_posts_of_that_day():
    person = hold_post()
    planned = make.engagement(status="tentative", held="2024-01-10", participants=(make.theirs(person=person),))

    steps.confirm_engagement(planned.pk, services.ScheduleEntry(held="2024-03-01"), **STEP)

    assert Engagement.objects.get(pk=planned.pk).level == "minister"


def test_a_list_by_level_finds_every_counterpart_of_that_level():
    both = make.engagement(participants=(minister(), make.theirs(title="President", country="PT")))
    stated = make.engagement(level="minister")
    make.engagement(participants=(make.theirs(title="Director of Cabinet", country="PT"),))

    found = signed_in("viewer").get("/api/v1/engagements", {"level": "minister"}).json()["results"]

    assert {one["id"] for one in found} == {str(both.pk), str(stated.pk)}
    assert {one["id"]: one["level_basis"] is None for one in found} == {str(both.pk): False, str(stated.pk): True}

"""Nothing is logged twice by mistake, and nothing is refused that is another meeting."""

import pytest

from engagements.models import Engagement
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import PossibleDuplicates
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "7", "Officer", frozenset({Permission.READ, Permission.WRITE}))


@pytest.fixture
def minister():
    directory.country("SG", "Singapore")
    return directory.person("Josephine Teo")


def meeting(minister, **values):
    given = {"held": "2024-05-15", "city": "Singapore", "country": "SG"} | values
    participants = given.pop("participants", (make.theirs(person=minister, country="SG"),))
    return make.engagement(participants=participants, **given)


def test_the_same_day_place_and_counterpart_are_shown_and_nothing_is_written(minister):
    first = meeting(minister)

    with pytest.raises(PossibleDuplicates, match="allow_duplicate") as refused:
        meeting(minister, title="Another report", city="SINGAPORE")

    (named,) = refused.value.candidates[""]
    assert (named.id, named.reference) == (first.pk, first.reference)
    assert Engagement.objects.count() == 1


def test_it_is_logged_when_it_is_said_to_be_another_one(minister):
    meeting(minister)

    meeting(minister, allow_duplicate=True)

    assert Engagement.objects.count() == 2


@pytest.mark.parametrize(
    "other",
    [
        {"held": "2024-05-16"},
        {"held": "2024-05"},
        {"city": "Sentosa"},
        {"country": "MY", "city": ""},
        {"status": "cancelled"},
    ],
)
def test_another_day_or_place_is_another_meeting(minister, other):
    directory.country("MY", "Malaysia")
    meeting(minister, **other)

    meeting(minister)

    assert Engagement.objects.count() == 2


def test_another_person_of_the_same_country_is_another_meeting(minister):
    meeting(minister)

    meeting(minister, participants=(make.theirs(person=directory.person("Teo Chee Hean"), country="SG"),))

    assert Engagement.objects.count() == 2


def test_a_report_that_names_nobody_may_be_of_the_same_delegation(minister):
    meeting(minister)
    nameless = make.group("Minister and advisers", country="SG")

    with pytest.raises(PossibleDuplicates):
        meeting(minister, participants=(nameless,))


def test_our_own_people_make_no_duplicate(minister):
    ours = (make.theirs(person=minister, side="ours"),)
    meeting(minister, participants=ours)

    meeting(minister, participants=ours)

    assert Engagement.objects.count() == 2


def test_a_meeting_during_a_visit_is_not_the_visit(minister):
    visit = meeting(minister, held="2024-05-14/2024-05-16", kind="visit")

    part = meeting(minister, part_of=visit.pk)

    assert part.held == "2024-05-15"


def test_what_the_one_who_enters_cannot_see_is_never_shown(minister):
    meeting(minister, marking="restricted")

    meeting(minister, by=OFFICER)

    assert Engagement.objects.count() == 2

"""Nothing is logged twice by mistake, and nothing is refused that is another meeting."""

from datetime import UTC, datetime

import pytest

from engagements.models import Engagement
from engagements.services import EngagementEntry, correct_engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.errors import PossibleDuplicates
from tests.factories import approvals, directory
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


def at(hour, **values):
    """Values of a meeting of three quarters of an hour."""
    starts = datetime(2024, 5, 15, hour, tzinfo=UTC)
    return {
        "held": None,
        "starts_at": starts,
        "ends_at": starts.replace(minute=45),
        "time_zone": "Asia/Singapore",
    } | values


def near(engagement):
    return [one["detail"] for one in engagement.warnings if one["rule"] == "possible-duplicate"]


def test_the_meetings_of_one_visit_at_different_hours_are_others(minister):
    visit = meeting(minister, kind="visit")

    parts = [meeting(minister, part_of=visit.pk, **at(hour)) for hour in (1, 3, 7)]

    assert [near(part) for part in parts] == [[], [], []]
    with pytest.raises(PossibleDuplicates):
        meeting(minister, part_of=visit.pk, **at(3))


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ({"held": "2024-05-14"}, {}, "a day apart"),
        ({"held": "2025"}, {"held": "2025-03"}, "on a day that may be the same"),
        ({"held": "2024-05"}, {}, "on a day that may be the same"),
        ({"city": "Marrakesh", "country": None}, {"city": "Marrakech", "country": None}, "a city that is spelled"),
        (at(1), at(4), "at other hours"),
        ({"city": "Kyiv", "country": None}, {"city": "Kiev", "country": None}, "by another name"),
        ({"city": "Singapore"}, {"city": "Singapura"}, "by another name"),
        ({"city": "Singapore"}, {"city": "新加坡"}, "by another name"),
    ],
)
def test_what_is_nearly_another_is_entered_with_a_warning_that_names_it(minister, first, second, how):
    one = meeting(minister, **first)

    (detail,) = near(meeting(minister, **second))

    assert one.reference in detail
    assert how in detail


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"held": "2024-05-13"}, {}),
        ({"held": "2024-04"}, {}),
        ({"city": "Sentosa"}, {}),
        ({"city": "Nice", "country": None}, {"city": "Nantes", "country": None}),
    ],
)
def test_what_differs_by_more_is_entered_without_a_warning(minister, first, second):
    meeting(minister, **first)

    assert near(meeting(minister, **second)) == []


def test_a_warning_of_another_stays_until_somebody_says_that_they_are_two(minister):
    meeting(minister, held="2024-05-14")
    warned = meeting(minister)

    again = _corrected(warned, summary="Seen in the minutes")
    assert near(again) == near(warned) != []

    assert near(_corrected(again, allow_duplicate=True)) == []


def test_a_warning_names_nothing_that_its_readers_may_not_read(minister):
    chief, second = approvals.member("approver"), approvals.member("approver")
    hidden = meeting(minister, held="2024-05-14", marking="restricted", readers=(chief.id,), by=chief)

    warned = meeting(minister, marking="restricted", readers=(chief.id,), by=chief)
    assert hidden.reference in near(warned)[0]
    assert near(meeting(minister, held="2024-05-13", by=chief)) == []

    assert near(_corrected(warned, readers=(chief.id, second.id))) == []


def _corrected(engagement, **values):
    return correct_engagement(
        engagement.pk, Correction(EngagementEntry, values), by=OFFICE, expected=ANY_VERSION, at=make.NOW, reason="seen"
    )


def test_what_the_one_who_enters_cannot_see_is_never_shown(minister):
    meeting(minister, marking="restricted")

    meeting(minister, by=OFFICER)

    assert Engagement.objects.count() == 2

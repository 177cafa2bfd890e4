"""Logging and correcting engagements, looked at in the records, after."""

from dataclasses import fields
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements import services
from engagements.models import ActionItem, Attachment, Capacity, Engagement, Paper, Participant
from engagements.services import steps
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation, StaleVersion
from sgoffice.records.models import Link
from tests.factories import accounts, directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "7", "Officer", frozenset({Permission.READ, Permission.WRITE}))
DOOR = {"by": OFFICE, "expected": ANY_VERSION}
STEP = {**DOOR, "at": make.NOW}


def correct(engagement, **values):
    patch = Correction(services.EngagementEntry, values)
    return services.correct_engagement(engagement.pk, patch, **STEP)


def again(record):
    return type(record).objects.get(pk=record.pk)


def test_one_call_logs_all_that_belongs_to_it():
    directory.country("SG", "Singapore")
    ministry = directory.organization("Ministry of Home Affairs", country="SG", classification="ministry")
    minister = directory.person("Josephine Teo")
    topic = directory.topic()

    logged = make.engagement(
        title="Courtesy call",
        country="SG",
        topics=(topic.pk,),
        participants=(
            make.theirs(person=minister, organization=ministry, title="Minister", role="principal"),
            services.ParticipantEntry(group=services.GroupEntry(description="officials", count=4)),
            services.ParticipantEntry(organization=ministry.pk, side="third_party"),
        ),
        papers=(services.PaperText(kind="readout", title="Readout", text="They met."),),
        attachments=(services.AttachedFile(title="Photograph", address="archive 12/7"),),
        action_items=(services.Promise(text="Send the draft", due_on=date(2024, 6, 1)),),
    )

    assert logged.reference.startswith("SG-2024-")
    assert [str(one) for one in Participant.objects.filter(engagement=logged).order_by("position")] == [
        "Josephine Teo",
        "officials",
        "Ministry of Home Affairs",
    ]
    assert Capacity.objects.get(engagement=logged).title == "Minister"
    assert Paper.objects.get(engagement=logged).reference.startswith("PAP-2024-")
    assert Attachment.objects.get(engagement=logged).address == "archive 12/7"
    assert ActionItem.objects.get(engagement=logged).due_on == date(2024, 6, 1)
    assert logged.subjects.get().topic == topic


def test_every_plain_field_of_an_entry_is_written():
    directory.country("SG", "Singapore")
    values = {
        "title": "Hearing of the committee", "kind": "hearing", "meeting_format": "hybrid", "status": "tentative",
        "status_reason": "They asked twice", "reply_by": date(2026, 3, 1), "responsible": accounts.staff().pk,
        "initiative": "theirs", "level": "minister", "held": "2026-05", "date_basis": "report",
        "time_zone": "Asia/Tokyo", "venue": "Room 4", "city": "Singapore", "country": "SG",
        "country_name_then": "Straits Settlements",
        "at_headquarters": True, "office": directory.office().pk, "principal": directory.person("Ayşe Yılmaz").pk,
        "principal_post": make.office_post().pk, "principal_title": "Acting head", "principal_attendance": "absent",
        "principal_mode": "by_video", "represented_by": directory.person("Ole Hansen").pk, "summary": "Cargo",
        "outcome": "A list", "marking": "restricted", "readers": [str(accounts.staff().pk)], "caveats": ["Draft"],
    }  # fmt: skip
    given_later = {"status", "status_reason"}
    columns = {column.name for column in Engagement._meta.concrete_fields}
    entered = {field.name for field in fields(services.EngagementEntry)} & columns
    assert entered - values.keys() == {"sources", "conflicts", "notes", "origin", "starts_at", "ends_at", "occasion"}

    logged = make.engagement(**values)
    plain = make.engagement(status="tentative", held="2026-05")
    correct(plain, **{name: value for name, value in values.items() if name not in given_later})

    names = {name: Engagement._meta.get_field(name).attname for name in values}
    assert {name: getattr(again(logged), names[name]) for name in values} == values
    assert {name: getattr(again(plain), names[name]) for name in values if name not in given_later} == {
        name: value for name, value in values.items() if name not in given_later
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "Cargo\u202e"), ("outcome", "A\x00"), ("city", "x" * 121), ("level", "mayor"), ("title", "y" * 501)],
)
def test_a_text_that_its_column_does_not_take_is_refused_with_its_field(name, value):
    with pytest.raises(InvalidEntry) as refused:
        make.engagement(**{name: value})
    with pytest.raises(InvalidEntry) as corrected:
        correct(make.engagement(), **{name: value})

    assert [pointer for pointer, _ in (*refused.value.errors, *corrected.value.errors)] == [f"/{name}"] * 2


def test_nothing_is_written_when_a_part_is_refused():
    with pytest.raises(InvalidEntry) as refused:
        make.engagement(title="Refused", action_items=(services.Promise(text="ok"), services.Promise(text=" ")))

    assert refused.value.errors[0][0] == "/action_items/1/text"
    assert not Engagement.objects.filter(title="Refused").exists()


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"country": "QQ"}, "/country"),
        ({"principal": uuid4()}, "/principal"),
        ({"office": uuid4()}, "/office"),
        ({"topics": (uuid4(),)}, "/topics/0"),
        ({"part_of": uuid4()}, "/part_of"),
        ({"under": (uuid4(),)}, "/under"),
        ({"title": " "}, "/title"),
        ({"held": "soon"}, "/held"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"kind": "feast"}, "/kind"),
        ({"occasion": services.OccasionEntry(name=" ")}, "/occasion/name"),
        ({"occasion": services.OccasionEntry(name="Summit", dates="soon")}, "/occasion/dates"),
        ({"participants": (services.ParticipantEntry(),)}, "/participants/0"),
        ({"participants": (services.ParticipantEntry(person=uuid4()),)}, "/participants/0/person"),
        (
            {
                "participants": (
                    services.ParticipantEntry(
                        group=services.GroupEntry(description="staff"), capacities=(services.CapacityEntry(),)
                    ),
                )
            },
            "/participants/0/capacities/0",
        ),
    ],
)
def test_what_means_nothing_is_refused_where_it_stands(values, pointer):
    with pytest.raises(InvalidEntry) as refused:
        make.engagement(**values)

    assert refused.value.errors[0][0] == pointer


def test_a_person_is_named_once():
    person = directory.person()

    with pytest.raises(InvalidEntry) as refused:
        make.engagement(participants=(make.theirs(person=person), make.theirs(person=person)))

    assert refused.value.errors == [
        ("/participants/1/person", "This person is already a participant: add a capacity there.")
    ]


def test_the_local_day_follows_from_the_time_and_its_zone():
    logged = make.engagement(
        starts_at=datetime.fromisoformat("2024-05-15T23:30:00Z"),
        ends_at=datetime.fromisoformat("2024-05-16T02:00:00Z"),
        time_zone="Asia/Singapore",
    )
    late = make.engagement(starts_at=datetime.fromisoformat("2024-05-15T23:30:00-02:30"), time_zone="America/St_Johns")

    assert again(logged).held == "2024-05-16"
    assert again(late).held == "2024-05-15"
    assert again(late).starts_at == datetime(2024, 5, 16, 2, 0, tzinfo=UTC)


def test_a_day_that_contradicts_the_time_is_refused():
    with pytest.raises(InvalidEntry, match="The day of that time is 2024-05-16"):
        make.engagement(starts_at=datetime(2024, 5, 15, 23, tzinfo=UTC), time_zone="Asia/Singapore", held="2024-05-15")


def test_a_time_needs_its_zone_and_an_end_its_start():
    start = datetime(2024, 5, 15, 9, tzinfo=UTC)

    with pytest.raises(InvalidEntry, match="Name the time zone"):
        make.engagement(starts_at=start)
    with pytest.raises(InvalidEntry, match="an end needs a start"):
        make.engagement(ends_at=start)


def test_a_patch_of_the_time_moves_the_day_and_another_one_leaves_it():
    logged = make.engagement(starts_at=datetime(2024, 5, 15, 9, tzinfo=UTC), time_zone="Europe/Paris")

    moved = correct(logged, starts_at=datetime(2024, 6, 1, 9, tzinfo=UTC))
    renamed = correct(logged, title="Another title")
    imprecise = correct(logged, starts_at=None, ends_at=None, held="2024-06")

    assert moved.held == renamed.held == "2024-06-01"
    assert (again(logged).held, again(logged).starts_at) == ("2024-06", None)
    assert imprecise.held_latest == date(2024, 6, 30)


def test_participants_keep_their_id_and_others_go_with_their_capacities():
    logged = make.engagement(participants=(make.theirs(title="Minister"), make.theirs(title="Director")))
    kept = logged.participants.order_by("position")[1]
    capacity = kept.capacities.get()

    correct(
        logged,
        participants=(
            make.theirs(title="Adviser"),
            services.ParticipantEntry(
                id=kept.pk,
                person=kept.person_id,
                capacities=(services.CapacityEntry(title="Director"), services.CapacityEntry(title="Chairman")),
            ),
        ),
    )

    assert [one.title for one in logged.capacities.order_by("position")] == ["Adviser", "Director", "Chairman"]
    assert kept.capacities.order_by("position").first().pk == capacity.pk
    assert logged.participants.count() == 2


@pytest.mark.parametrize("name", ["status", "papers", "attachments", "action_items", "status_reason"])
def test_what_has_a_door_of_its_own_is_not_corrected(name):
    with pytest.raises(InvalidEntry) as refused:
        correct(make.engagement(), **{name: ()})

    assert refused.value.errors[0][0] == f"/{name}"


def test_engagements_are_tied_to_others_but_not_in_circles():
    visit, meeting, earlier = make.engagement(kind="visit"), make.engagement(), make.engagement()

    correct(meeting, part_of=visit.pk, follows=earlier.pk)
    with pytest.raises(RuleViolation, match="not part of a visit"):
        correct(visit, part_of=meeting.pk)
    with pytest.raises(InvalidEntry, match="There is no agreement"):
        correct(meeting, under=(visit.pk,))

    ties = Link.objects.filter(source=meeting.pk).values_list("relation", "target")
    assert set(ties) == {("part_of", visit.pk), ("follows", earlier.pk)}
    correct(meeting, part_of=None)
    assert Link.objects.filter(source=meeting.pk).count() == 1


def test_what_is_logged_with_ties_has_them():
    visit = make.engagement(kind="visit")

    meeting = make.engagement(part_of=visit.pk)

    assert Link.objects.get(source=meeting.pk).target_id == visit.pk


def test_whoever_may_not_write_changes_nothing():
    viewer = Actor("staff", "8", "Viewer", frozenset({Permission.READ}))
    logged = make.engagement(marking="public")

    with pytest.raises(NotPermitted):
        make.engagement(by=viewer)
    with pytest.raises(NotPermitted):
        make.paper(logged, by=viewer)
    with pytest.raises(NotPermitted):
        steps.cancel_engagement(logged.pk, services.StepEntry(), by=viewer, expected=ANY_VERSION, at=make.NOW)


def test_a_version_that_was_not_read_is_stale():
    logged = make.engagement()

    with pytest.raises(StaleVersion):
        steps.mark_not_held(logged.pk, services.StepEntry(reason="no"), by=OFFICE, expected=99, at=make.NOW)


def test_a_response_given_before_is_not_an_attendance():
    engagement = make.planned(participants=(make.theirs(attendance="accepted"), make.theirs(attendance="absent")))

    rows = engagement.participants.order_by("position").values_list("response", "attendance")

    assert list(rows) == [("accepted", "not_stated"), ("not_stated", "absent")]


def test_logging_takes_as_few_statements_as_its_guarantees_need():
    people = tuple(make.theirs(organization=directory.organization(f"Body {number}")) for number in range(4))
    make.engagement(participants=people)  # what is kept is compiled once

    with CaptureQueriesContext(connection) as statements:
        make.engagement(participants=people, held="2023-01-01")

    assert len(statements) <= 26

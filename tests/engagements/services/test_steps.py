"""The steps of engagements, looked at in the records, after."""

from datetime import UTC, datetime

import pytest

from engagements import services
from engagements.services import steps
from sgoffice import history
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Link
from tests.factories import directory
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


def test_from_request_to_log():
    asked = make.engagement(status="requested", title="Asked for")

    steps.accept_engagement(asked.pk, services.ScheduleEntry(held="2026-03"), **STEP)
    with pytest.raises(RuleViolation, match="needs its exact day"):
        steps.confirm_engagement(asked.pk, services.ScheduleEntry(), **STEP)
    schedule = services.ScheduleEntry(starts_at=datetime(2026, 3, 2, 7, tzinfo=UTC), time_zone="Europe/Paris")
    steps.confirm_engagement(asked.pk, schedule, **STEP)
    holding = services.HoldingEntry(outcome="Agreed", principal_attendance="attended")
    steps.hold_engagement(asked.pk, holding, **STEP)

    held = again(asked)
    assert (held.status, held.held, held.outcome, held.principal_attendance) == (
        "held",
        "2026-03-02",
        "Agreed",
        "attended",
    )
    assert [item.verb for item in history.of_record(asked.pk, by=OFFICE) if item.table == "engagements_engagement"] == [
        "hold",
        "confirm",
        "accept",
        "log",
    ]


def test_nothing_is_held_before_its_day():
    later = make.planned(held="2026-03-20")

    with pytest.raises(RuleViolation, match="before its day"):
        steps.hold_engagement(later.pk, services.HoldingEntry(), **STEP)
    with pytest.raises(RuleViolation, match="before its day"):
        make.engagement(status="held", held="2026-04")
    with pytest.raises(RuleViolation, match="before its day"):
        correct(make.engagement(), held="2027-01-01")


def test_corrections_need_a_reason_and_keep_it():
    held = make.engagement()
    cancelled = make.planned()
    steps.cancel_engagement(cancelled.pk, services.StepEntry(), **STEP)

    with pytest.raises(InvalidEntry, match="Say why"):
        steps.mark_not_held(held.pk, services.StepEntry(), **STEP)
    steps.mark_not_held(held.pk, services.StepEntry(reason="The list was wrong"), **STEP)
    steps.confirm_engagement(cancelled.pk, services.ScheduleEntry(reason="They come"), **STEP)

    assert (again(held).status, again(held).status_reason) == ("not_held", "The list was wrong")
    assert again(cancelled).status == "confirmed"
    assert history.of_record(held.pk, by=OFFICE)[0].reason == "The list was wrong"


def test_a_postponed_engagement_is_tied_to_its_new_date():
    old, new = make.planned(), make.planned(held="2026-05-20")

    steps.postpone_engagement(old.pk, services.PostponementEntry(to=new.pk), **STEP)

    assert Link.objects.get(source=old.pk).target_id == new.pk
    assert again(old).status == "postponed"


def test_a_request_is_declined_or_delegated_to_somebody():
    director = directory.person("Stephen Kavanagh")
    declined, delegated = (make.engagement(status="requested") for _ in range(2))

    steps.decline_engagement(declined.pk, services.StepEntry(reason="No time"), **STEP)
    with pytest.raises(InvalidEntry, match="Name the person"):
        steps.delegate_engagement(delegated.pk, services.DelegationEntry(), **STEP)
    steps.delegate_engagement(delegated.pk, services.DelegationEntry(represented_by=director.pk), **STEP)

    assert again(declined).status == "declined"
    assert again(delegated).represented_by == director
    with pytest.raises(RuleViolation, match="cannot become"):
        steps.hold_engagement(declined.pk, services.HoldingEntry(), **STEP)

"""What is owed of an engagement, a mandate or an agreement: the same promises, steps, markings and answers for each."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from appointments import services as appointments
from engagements import services
from engagements.agreements import services as agreements
from engagements.models import ActionItem
from engagements.services import action_item_steps, steps
from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.documents import differences
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.constraints import constraint_of
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Link
from tests.factories import agreements as agreed
from tests.factories import appointments as decided
from tests.factories import approvals, directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "7", "Officer", frozenset({Permission.READ, Permission.WRITE}))
DOOR = {"by": OFFICE, "expected": ANY_VERSION}
MAKERS = {"engagement": make.engagement, "mandate": decided.mandate, "agreement": agreed.in_force_since}
of_each_kind = pytest.mark.parametrize("kind", MAKERS)


def correct(record, **values):
    if record.record_kind == "engagement":
        patch = Correction(services.EngagementEntry, values)
        return services.correct_engagement(record.pk, patch, at=make.NOW, **DOOR)
    if record.record_kind == "mandate":
        return appointments.correct_mandate(record.pk, Correction(appointments.MandateEntry, values), **DOOR)
    return agreements.correct_agreement(record.pk, Correction(agreements.AgreementEntry, values), **DOOR)


def again(record):
    return type(record).objects.get(pk=record.pk)


def refused_by(sql, *values):
    """Return the constraint that refuses a statement behind the door's back."""
    with connection.cursor() as cursor, pytest.raises(IntegrityError) as error, transaction.atomic():
        cursor.execute(sql, values)
    return constraint_of(error.value)


@of_each_kind
def test_an_item_is_about_one_record_and_stays_there(kind):
    record = MAKERS[kind]()

    item = again(make.action_item(record))

    assert [kind for kind in MAKERS if getattr(item, f"{kind}_id")] == [kind]
    assert item.about.pk == record.pk
    for other in MAKERS:
        patch = Correction(services.ActionItemEntry, {other: record.pk})
        with pytest.raises(InvalidEntry, match="stays with its"):
            services.correct_action_item(item.pk, patch, **DOOR)
    assert list(differences()) == []


@of_each_kind
def test_each_step_can_be_taken_whatever_it_is_about(kind):
    item = make.action_item(MAKERS[kind](), due_on=date(2026, 1, 1))

    action_item_steps.assign_action_item(
        item.pk, services.AssignmentEntry(owner=services.OwnerEntry(unit="Legal")), **DOOR
    )
    action_item_steps.reschedule_action_item(item.pk, services.RescheduleEntry(due_on=date(2026, 5, 1)), **DOOR)
    action_item_steps.start_action_item(item.pk, services.StepEntry(), **DOOR)
    action_item_steps.drop_action_item(item.pk, services.StepEntry(reason="Overtaken"), **DOOR)
    action_item_steps.reopen_action_item(item.pk, services.StepEntry(reason="After all"), **DOOR)
    done = services.CompletionEntry(evidence=("Letter",), completed_on=date(2026, 4, 1))
    action_item_steps.complete_action_item(item.pk, done, **DOOR)

    stored = again(item)
    assert (stored.status, stored.owner_unit, stored.due_on) == ("done", "Legal", date(2026, 5, 1))


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        ((), ["/engagement"]),
        (("engagement", "agreement"), ["/engagement", "/agreement"]),
        (("mandate", "agreement"), ["/mandate", "/agreement"]),
        (("engagement", "mandate", "agreement"), ["/engagement", "/mandate", "/agreement"]),
    ],
)
def test_one_of_the_three_is_named(given, pointers):
    entry = services.ActionItemEntry(text="Report", **{name: uuid4() for name in given})

    with pytest.raises(InvalidEntry) as refused:
        services.add_action_item(entry, by=OFFICE)

    assert [pointer for pointer, _ in refused.value.errors] == pointers


@of_each_kind
def test_what_one_does_not_see_or_what_was_merged_or_is_of_another_kind_takes_no_item(kind):
    hidden, other = MAKERS[kind](marking="restricted"), directory.person()

    for record_id, by in ((hidden.pk, OFFICER), (other.pk, OFFICE), (uuid4(), OFFICE)):
        entry = services.ActionItemEntry(text="Report", **{kind: record_id})
        with pytest.raises(InvalidEntry, match=f"There is no {kind}"):
            services.add_action_item(entry, by=by)


def test_the_database_holds_that_an_item_is_about_one_record_and_that_an_agreement_is_one():
    item, mandate = make.action_item(make.engagement()), decided.mandate()

    both = refused_by("UPDATE engagements_actionitem SET mandate_id = %s WHERE id = %s", mandate.pk, item.pk)
    none = refused_by("UPDATE engagements_actionitem SET engagement_id = NULL WHERE id = %s", item.pk)
    wrong = refused_by(
        "UPDATE engagements_actionitem SET engagement_id = NULL, agreement_id = %s WHERE id = %s", mandate.pk, item.pk
    )

    assert (both, none) == ("action_item_is_about_one", "action_item_is_about_one")
    assert wrong == "action_item_is_about_an_agreement"


@of_each_kind
def test_an_item_is_never_marked_lower_than_what_it_is_about(kind):
    reader = approvals.member().id
    record = MAKERS[kind](marking="restricted", readers=(reader,))

    item = make.action_item(record)
    with pytest.raises(RuleViolation, match="cannot be public"):
        make.action_item(record, marking="public")
    with pytest.raises(RuleViolation, match="cannot be internal"):
        services.correct_action_item(item.pk, Correction(services.ActionItemEntry, {"marking": "internal"}), **DOOR)

    assert (item.marking, item.readers) == ("restricted", [reader])
    lowered = refused_by("UPDATE engagements_actionitem SET marking = 'public' WHERE id = %s", item.pk)
    assert lowered == f"action_item_is_not_below_its_{kind}"


@of_each_kind
def test_raising_the_marking_raises_that_of_the_items(kind):
    reader = approvals.member().id
    record = MAKERS[kind](marking="public")
    item, stray = make.action_item(record), make.action_item(MAKERS[kind]())

    raised = refused_by(
        f"UPDATE {record._meta.db_table} SET marking = 'restricted' WHERE id = %s",
        record.pk,
    )
    correct(record, marking="restricted", readers=(reader,))

    assert "is_not_above" in raised
    assert (again(item).marking, again(item).readers) == ("restricted", [reader])
    assert again(stray).marking == "internal"
    assert list(differences()) == []


@pytest.mark.parametrize("kind", ["engagement", "agreement"])
def test_what_belongs_to_a_merged_record_is_read_by_no_more_people_than_the_survivor(kind):
    reader = approvals.member().id
    survivor, other = MAKERS[kind](marking="restricted", readers=(reader,)), MAKERS[kind]()
    item = make.action_item(other)

    merging.merge(type(survivor), survivor.pk, other=other.pk, reason="They are one", **DOOR)

    assert (again(item).marking, again(item).readers) == ("restricted", [reader])


def test_the_reference_has_the_year_of_the_meeting_or_of_entry():
    met = make.action_item(make.engagement(held="2024-05-15"))
    under = make.action_item(agreed.in_force_since("2009-04-26"))

    assert met.reference.startswith("ACT-2024-")
    assert not under.reference.startswith("ACT-2009-")


@pytest.mark.parametrize("kind", ["mandate", "agreement"])
def test_what_is_owed_of_a_mandate_or_an_agreement_is_listed_and_answered_for(kind):
    items = [make.action_item(MAKERS[kind](), text=f"Promise {number}") for number in range(4)]
    meeting = make.planned(participants=(make.theirs(),), items=tuple(item.pk for item in items))
    step = {**DOOR, "at": make.NOW.replace(month=4)}

    with pytest.raises(RuleViolation, match="4 action items have no answer"):
        steps.hold_engagement(meeting.pk, services.HoldingEntry(), **step)
    said = [("done", ""), ("carried", "next time"), ("dropped", "withdrawn"), ("not_raised", "")]
    answers = tuple(
        services.ItemAnswer(item=item.pk, answer=answer, reason=reason)
        for item, (answer, reason) in zip(items, said, strict=True)
    )
    steps.hold_engagement(meeting.pk, services.HoldingEntry(answers=answers), **step)

    assert [again(item).status for item in items] == ["done", "carried_forward", "dropped", "open"]
    carried = ActionItem.objects.get(engagement=meeting.pk)
    assert (carried.text, carried.about.pk) == ("Promise 1", meeting.pk)
    assert Link.objects.get(source=carried.pk, relation="carries").target_id == items[1].pk

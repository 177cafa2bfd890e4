"""Papers, attachments and action items, looked at in the records, after."""

from datetime import date
from uuid import uuid4

import pytest

from engagements import services
from engagements.services import action_item_steps, steps
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord
from sgoffice.records.models import Link
from tests.factories import approvals, directory
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


def test_raising_the_marking_raises_what_belongs_to_it():
    reader = approvals.member().id
    logged = make.engagement(marking="public")
    paper = make.paper(logged, marking="public")
    item = make.action_item(logged)

    correct(logged, marking="restricted", readers=(reader,))

    assert (again(paper).marking, again(paper).readers) == ("restricted", [reader])
    assert again(item).marking == "restricted"


def test_what_belongs_to_an_engagement_is_never_marked_lower():
    reader = approvals.member().id
    logged = make.engagement(marking="restricted", readers=(reader,))

    with pytest.raises(RuleViolation, match="cannot be public"):
        make.paper(logged, marking="public")
    paper = make.paper(logged, kind="talking_points")
    with pytest.raises(RuleViolation, match="cannot be internal"):
        services.correct_paper(paper.pk, Correction(services.PaperEntry, {"marking": "internal"}), **DOOR)

    assert (paper.marking, paper.readers) == ("restricted", [reader])


def test_a_paper_says_something_and_stays_where_it_is():
    logged = make.engagement()
    paper = make.paper(logged)

    with pytest.raises(RuleViolation, match="a title or a text"):
        make.paper(logged, title="")
    with pytest.raises(InvalidEntry, match="stays with its engagement"):
        services.correct_paper(paper.pk, Correction(services.PaperEntry, {"engagement": logged.pk}), **DOOR)
    with pytest.raises(RuleViolation, match="64 hexadecimal"):
        make.attachment(logged, sha256="abc")


def test_an_engagement_that_one_does_not_see_takes_no_papers():
    hidden = make.engagement(marking="restricted")

    with pytest.raises(InvalidEntry, match="There is no engagement"):
        make.paper(hidden, by=OFFICER)
    with pytest.raises(UnknownRecord):
        steps.cancel_engagement(hidden.pk, services.StepEntry(), by=OFFICER, expected=ANY_VERSION, at=make.NOW)


def test_an_action_item_from_promise_to_evidence():
    item = make.action_item(make.engagement(), owner=services.OwnerEntry(unit="Legal Affairs"))

    action_item_steps.reschedule_action_item(item.pk, services.RescheduleEntry(due_on=date(2024, 9, 1)), **DOOR)
    action_item_steps.start_action_item(item.pk, services.StepEntry(), **DOOR)
    with pytest.raises(InvalidEntry, match="Evidence is needed"):
        action_item_steps.complete_action_item(
            item.pk, services.CompletionEntry(evidence=(" ",), completed_on=date(2024, 8, 1)), **DOOR
        )
    done = services.CompletionEntry(evidence=("Letter of 1 August",), completed_on=date(2024, 8, 1))
    action_item_steps.complete_action_item(item.pk, done, **DOOR)

    stored = again(item)
    assert (stored.status, stored.evidence, stored.due_on) == ("done", ["Letter of 1 August"], date(2024, 9, 1))
    with pytest.raises(RuleViolation, match="no longer open"):
        action_item_steps.assign_action_item(item.pk, services.AssignmentEntry(), **DOOR)
    action_item_steps.reopen_action_item(item.pk, services.StepEntry(reason="It came back"), **DOOR)
    assert (again(item).status, again(item).completed_on, again(item).evidence) == ("open", None, [])


def test_an_action_item_has_one_owner():
    engagement = make.engagement()
    person = directory.person()

    item = make.action_item(engagement, owner=services.OwnerEntry(person=person.pk), owed_by="theirs")
    action_item_steps.assign_action_item(
        item.pk, services.AssignmentEntry(owner=services.OwnerEntry(unit="Training")), **DOOR
    )

    assert (again(item).owner_person, again(item).owner_unit) == (None, "Training")
    with pytest.raises(InvalidEntry, match="Name one owner"):
        make.action_item(engagement, owner=services.OwnerEntry(person=person.pk, unit="Training"))
    with pytest.raises(InvalidEntry, match="no member of staff"):
        make.action_item(engagement, owner=services.OwnerEntry(user=uuid4()))


def test_an_action_item_is_dropped_with_a_reason():
    item = make.action_item(make.engagement())

    with pytest.raises(InvalidEntry, match="Give the reason"):
        action_item_steps.drop_action_item(item.pk, services.StepEntry(), **DOOR)
    action_item_steps.drop_action_item(item.pk, services.StepEntry(reason="Overtaken"), **DOOR)

    assert (again(item).status, again(item).status_reason) == ("dropped", "Overtaken")


def test_an_action_item_is_carried_to_a_later_engagement():
    first, second = make.engagement(), make.engagement(held="2024-10-01", marking="restricted")
    item = make.action_item(first, owner=services.OwnerEntry(unit="Legal Affairs"), due_on=date(2024, 6, 1))

    with pytest.raises(RuleViolation, match="carry it to another one"):
        action_item_steps.carry_action_item(item.pk, services.CarryEntry(engagement=first.pk), **DOOR)
    entry = services.CarryEntry(engagement=second.pk, due_on=date(2024, 12, 1), reason="Not yet signed")
    carried = action_item_steps.carry_action_item(item.pk, entry, **DOOR)

    assert again(item).status == "carried_forward"
    assert (carried.text, carried.owner_unit, carried.status) == (item.text, "Legal Affairs", "open")
    assert (carried.due_on, carried.marking) == (date(2024, 12, 1), "restricted")
    assert Link.objects.get(source=carried.pk, relation="carries").target_id == item.pk

"""The list of an engagement and its answers: nothing promised is forgotten, nothing asked that was not listed."""

from datetime import UTC, datetime

import pytest

from engagements import services
from engagements.models import ActionItem, Engagement
from engagements.services import action_item_steps, steps
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE, Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Link
from tests.factories import directory
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db
OFFICER = Actor("staff", "7", "Officer", frozenset({Permission.READ, Permission.WRITE}))
STEP = {"by": OFFICE, "expected": ANY_VERSION, "at": datetime(2026, 4, 1, tzinfo=UTC)}


def answer(item, said, **values):
    return services.ItemAnswer(item=item.pk, answer=said, **values)


def hold(engagement, *answers, **values):
    entry = services.HoldingEntry(answers=answers, **values)
    return steps.hold_engagement(engagement.pk, entry, **STEP)


def status(item):
    return ActionItem.objects.get(pk=item.pk).status


@pytest.fixture
def minister():
    return directory.person("Josephine Teo")


@pytest.fixture
def earlier(minister):
    return make.engagement(participants=(make.theirs(person=minister),))


@pytest.fixture
def items(earlier):
    return [make.action_item(earlier, text=f"Promise {number}") for number in range(4)]


def planned(minister, items):
    return make.planned(participants=(make.theirs(person=minister),), items=tuple(item.pk for item in items))


def test_an_item_on_the_list_without_an_answer_blocks_closing_and_is_named(minister, items):
    meeting = planned(minister, items[:2])

    with pytest.raises(RuleViolation, match="no answer") as refused:
        hold(meeting, answer(items[0], "done"))

    assert refused.value.rule == "list-not-answered"
    assert [named.id for named in refused.value.records] == [items[1].pk]
    assert status(items[0]) == "open"
    assert Engagement.objects.get(pk=meeting.pk).status == "confirmed"


def test_one_call_answers_all(minister, items):
    meeting = planned(minister, items)
    given = [
        answer(items[0], "done"),
        answer(items[1], "carried", reason="next time"),
        answer(items[2], "dropped", reason="they withdrew"),
        answer(items[3], "not_raised"),
    ]

    held = hold(meeting, *given)

    assert [status(item) for item in items] == ["done", "carried_forward", "dropped", "open"]
    done = ActionItem.objects.get(pk=items[0].pk)
    assert (done.evidence, str(done.completed_on)) == ([held.reference], "2026-03-20")
    new = ActionItem.objects.get(engagement=meeting.pk)
    assert (new.text, new.status) == ("Promise 1", "open")
    assert Link.objects.filter(source=meeting.pk, relation="not_raised", target=items[3].pk).exists()


def test_what_is_logged_as_held_answers_in_the_same_call(minister, items):
    meeting = make.engagement(
        held="2024-06-01",
        participants=(make.theirs(person=minister),),
        items=(items[0].pk,),
        answers=(answer(items[0], "done"),),
    )

    assert status(items[0]) == "done"
    assert [warned["rule"] for warned in meeting.warnings if warned["rule"] == "open-action-items"] != []


def test_a_courtesy_call_with_many_open_items_is_logged_and_warns(minister, earlier):
    owed = [make.action_item(earlier) for _ in range(12)]

    call = make.engagement(held="2024-06-01", kind="courtesy_call", participants=(make.theirs(person=minister),))

    (warned,) = [warned for warned in call.warnings if warned["rule"] == "open-action-items"]
    assert warned["detail"].startswith("12 action items")
    assert {status(item) for item in owed} == {"open"}


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ([(0, "done", ""), (0, "dropped", "twice")], "/answers/1/item"),
        ([(0, "dropped", " ")], "/answers/0/reason"),
        ([(1, "done", "")], "/answers/0/item"),
    ],
)
def test_answers_that_mean_nothing_are_refused_where_they_stand(minister, items, said, pointer):
    meeting = planned(minister, items[:1])

    with pytest.raises(InvalidEntry) as refused:
        hold(meeting, *(answer(items[place], word, reason=reason) for place, word, reason in said))

    assert refused.value.errors[0][0] == pointer


def test_an_item_that_was_finished_meanwhile_needs_no_answer(minister, items):
    meeting = planned(minister, items[:1])
    action_item_steps.drop_action_item(items[0].pk, services.StepEntry(reason="over"), by=OFFICE, expected=ANY_VERSION)

    assert hold(meeting).status == "held"


def test_an_item_that_the_one_who_closes_cannot_see_is_not_asked_of_them(minister, earlier):
    hidden = make.action_item(earlier, marking="restricted")
    meeting = planned(minister, [hidden])

    held = steps.hold_engagement(meeting.pk, services.HoldingEntry(), **{**STEP, "by": OFFICER})

    assert held.status == "held"
    assert status(hidden) == "open"


def test_answers_wait_until_the_engagement_is_held(minister, items):
    with pytest.raises(InvalidEntry, match="is held"):
        make.planned(items=(items[0].pk,), answers=(answer(items[0], "done"),))


def test_a_failure_while_an_item_is_answered_leaves_everything_as_it_was(minister, items):
    meeting = planned(minister, items[:2])
    action_item_steps.start_action_item(items[1].pk, services.StepEntry(), by=OFFICE, expected=ANY_VERSION)

    with pytest.raises(InvalidEntry):
        hold(meeting, answer(items[0], "done"), answer(items[1], "done", evidence=(" ",)))

    assert [status(item) for item in items[:2]] == ["open", "in_progress"]
    assert Engagement.objects.get(pk=meeting.pk).status == "confirmed"

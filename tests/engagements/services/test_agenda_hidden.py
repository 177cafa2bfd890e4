"""An answer given at a meeting with few readers leaves no trace of it on an item with more."""

import pytest

from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
DAY = "2025-11-12"


def answered(client, item, said, **values):
    body = {"title": "ZQX second", "kind": "other", "status": "held", "held": DAY, "marking": "restricted"}
    answers = [{"item": str(item.pk), "answer": said, **values}]
    return client.enter("engagements", body | {"items": [str(item.pk)], "answers": answers})


@pytest.fixture
def approver():
    return signed_in("approver")


@pytest.fixture
def item():
    return make.action_item(make.engagement())


def seen(item, path=""):
    return signed_in("viewer").see(f"action-items/{item.pk}{path}")


@pytest.mark.parametrize(
    ("said", "values", "status"),
    [
        ("done", {"evidence": ["The list arrived."]}, "done"),
        ("dropped", {"reason": "They withdrew."}, "dropped"),
        ("carried", {"reason": "Next time."}, "carried_forward"),
        ("carried", {}, "carried_forward"),
        ("not_raised", {}, "open"),
    ],
)
def test_an_answer_at_a_restricted_meeting_tells_an_open_item_nothing_of_it(approver, item, said, values, status):
    meeting = answered(approver, item, said, **values).json()

    told = b"".join(seen(item, path).content for path in ("", "/history", "/links"))

    assert seen(item).json()["status"] == status
    for secret in (meeting["reference"], meeting["id"], DAY):
        assert secret.encode() not in told


def test_done_at_a_restricted_meeting_wants_evidence_that_all_may_read(approver, item):
    refused = answered(approver, item, "done")

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "/answers/0/evidence"
    assert seen(item).json()["status"] == "open"


def test_an_item_with_the_same_readers_names_the_meeting(approver):
    earlier = make.engagement(by=approver.user.as_actor(), marking="restricted")
    item = make.action_item(earlier, by=approver.user.as_actor(), marking="restricted")

    meeting = answered(approver, item, "done").json()

    shown = approver.see(f"action-items/{item.pk}").json()
    assert (shown["evidence"], shown["completed_on"]) == ([meeting["reference"]], DAY)


def test_holding_a_restricted_meeting_by_its_step_is_as_silent(approver, item):
    body = {"title": "ZQX", "kind": "other", "status": "confirmed", "held": DAY, "marking": "restricted"}
    planned = approver.enter("engagements", body | {"items": [str(item.pk)]}).json()
    answers = [{"item": str(item.pk), "answer": "done", "evidence": ["The list arrived."]}]

    held = approver.enter(f"engagements/{planned['id']}/hold", {"answers": answers}, **{"If-Match": '"1"'})

    assert held.status_code == 200, held.content
    shown = seen(item).json()
    assert (shown["status_reason"], shown["evidence"]) == ("", ["The list arrived."])
    assert shown["completed_on"] != DAY

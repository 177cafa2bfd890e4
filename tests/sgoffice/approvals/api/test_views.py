"""/approvals over HTTP: 202 where something waits, a queue to read, and steps to decide it."""

import pytest

from engagements.models import Engagement
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
BODY = {"title": "By one", "kind": "other", "status": "tentative", "held": "2027-03-03"}


@pytest.fixture
def approver():
    return signed_in("approver")


@pytest.fixture
def officer(approver):
    return signed_in("officer")


def version(number):
    return {"If-Match": f'"{number}"'}


def test_creating_as_public_is_a_202_with_the_proposal_and_the_record_is_internal(officer, approver):
    answer = officer.enter("engagements", BODY | {"marking": "public"})

    told = answer.json()
    assert answer.status_code == 202
    assert answer["Location"] == answer["Content-Location"] == f"http://testserver/api/v1/approvals/{told['id']}"
    assert (told["action"], told["state"], told["record"]["kind"]) == ("publish", "proposed", "engagement")
    assert officer.see(f"engagements/{told['record']['id']}").json()["marking"] == "internal"
    done = approver.enter(f"approvals/{told['id']}/approve", {}, **version(told["version"]))
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    assert officer.see(f"engagements/{told['record']['id']}").json()["marking"] == "public"


def test_a_patch_that_lowers_stores_the_rest_and_answers_with_the_proposal(approver):
    author = signed_in("officer")
    made = author.enter("engagements", BODY | {"marking": "restricted"}).json()

    answer = author.correct(
        f"engagements/{made['id']}", {"marking": "internal", "title": "Clean"}, **version(1), **{"X-Reason": "Cleared"}
    )

    shown = author.see(f"engagements/{made['id']}").json()
    told = answer.json()
    assert (answer.status_code, shown["title"], shown["marking"]) == (202, "Clean", "restricted")
    assert (told["record_version"], told["purpose"], told["content"]) == (
        shown["version"], "Cleared", {"marking": "internal"},
    )  # fmt: skip
    assert told["marking"] == "restricted"
    assert signed_in("viewer").see(f"approvals/{told['id']}").status_code == 404


def test_the_same_key_answers_with_the_same_proposal(officer):
    key = {"Idempotency-Key": "publish-once"}
    first, again = (officer.enter("engagements", BODY | {"marking": "public"}, **key) for _ in range(2))

    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (202, 202, "true")
    assert (first.content, first["Location"]) == (again.content, again["Location"])
    assert Engagement.objects.count() == 1


def test_the_queue_lists_what_one_may_see(officer, approver):
    record = make.engagement(by=officer.user.as_actor(), marking="public")
    make.engagement(by=approver.user.as_actor(), marking="restricted", title="ZQX")
    hidden = make.engagement(by=approver.user.as_actor(), marking="restricted")
    approver.correct(f"engagements/{hidden.pk}", {"marking": "internal"}, **version(1))

    def listed(client, query=""):
        return [told["record"]["id"] for told in client.see(f"approvals?state=proposed{query}").json()["results"]]

    assert listed(officer) == [str(record.pk)]
    assert listed(approver) == [str(hidden.pk), str(record.pk)]
    assert listed(approver, f"&record={record.pk}&action=publish") == [str(record.pk)]
    assert listed(officer, f"&record={hidden.pk}") == []


def test_a_refusal_has_a_reason_and_what_went_wrong_is_a_problem(officer, approver):
    told = officer.enter("engagements", BODY | {"marking": "public"}).json()
    path = f"approvals/{told['id']}"

    assert approver.enter(f"{path}/refuse", {"reason": " "}, **version(1)).status_code == 400
    assert approver.enter(f"{path}/approve", {}).status_code == 428
    assert approver.enter(f"{path}/approve", {}, **version(7)).status_code == 412
    assert officer.enter(f"{path}/approve", {}, **version(1)).status_code == 403
    refused = approver.enter(f"{path}/refuse", {"reason": "Too early"}, **version(1))
    late = approver.enter(f"{path}/approve", {}, **version(2))

    assert (refused.json()["state"], refused.json()["decision"]) == ("refused", "Too early")
    assert (late.status_code, late.json()["rule"]) == (409, "approval-state")

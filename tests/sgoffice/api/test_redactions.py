"""POST /{kind}/{id}/redact: a proposal, which an approver decides; the same step in the admin."""

import pytest

from engagements.models import Engagement
from sgoffice.approvals.models import Approval
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
WHY = "The person asked for it."


def test_what_is_proposed_over_the_api_is_erased_once_somebody_else_approves_it():
    officer, chief = signed_in("officer"), signed_in("approver")
    meeting = make.engagement(title="Talk with somebody", caveats=["A doubt.", "Another one."])
    path = f"engagements/{meeting.pk}/redact"
    body = {"pointers": ["/title", "/caveats/0"], "reason": WHY}

    assert officer.enter(path, body).status_code == 428
    etag = {"If-Match": officer.see(f"engagements/{meeting.pk}")["ETag"]}
    wrong = officer.enter(path, body | {"pointers": ["/title", "/nothing"]}, **etag)
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/pointers/1")
    assert signed_in("viewer").enter(path, body, **etag).status_code == 403
    waiting = officer.enter(path, body, **etag)

    assert (waiting.status_code, waiting.json()["action"]) == (202, "redact")
    assert waiting.json()["content"] == {"pointers": ["/title", "/caveats/0"]}
    assert Engagement.objects.get(pk=meeting.pk).title == "Talk with somebody"
    proposal = f"approvals/{waiting.json()['id']}"
    answer = chief.enter(f"{proposal}/approve", {}, **{"If-Match": chief.see(proposal)["ETag"]})
    assert answer.status_code == 200
    shown = officer.see(f"engagements/{meeting.pk}").json()
    assert (shown["title"], shown["caveats"]) == ("[redacted]", ["[redacted]", "Another one."])
    then = officer.see(f"engagements/{meeting.pk}/history").json()["results"]
    assert "redact" in {item["verb"] for item in then}
    assert "Talk with somebody" not in str(then)
    assert officer.see("approvals?action=redact&state=approved").json()["results"][0]["purpose"] == WHY


def test_the_admin_proposes_it_from_the_page_of_the_record():
    officer = signed_in("officer")
    meeting = make.engagement(title="Talk with somebody")
    page = f"/admin/engagements/engagement/{meeting.pk}/step/redact/"

    assert b"Erase for good" in officer.get(f"/admin/engagements/engagement/{meeting.pk}/change/").content
    seen = officer.get(page).context["form"].initial["version_seen"]
    officer.post(page, {"pointers": "/title", "reason": WHY, "version_seen": seen})

    assert Approval.objects.pending().get(subject=meeting.pk).content == {"pointers": ["/title"]}

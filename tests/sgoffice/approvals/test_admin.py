"""The queue in the admin: who saves a form is told what waits, and an approver decides it with a button."""

import pytest

from engagements.models import Engagement
from sgoffice.approvals.models import Approval
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


def test_what_a_form_opens_waits_in_the_queue_and_is_approved_there():
    chief, officer = signed_in("approver"), signed_in("officer")
    record = make.engagement(by=officer.user.as_actor(), title="A talk")
    page = f"/admin/engagements/engagement/{record.pk}/change/"

    said = officer.post(page, sent_by(officer.get(page), marking="public"), follow=True).content.decode()
    waiting = Approval.objects.pending().get(subject=record.pk)
    own = f"/admin/approvals/approval/{waiting.pk}"

    assert "waits for a second person" in said
    assert waiting.reference in officer.get("/admin/approvals/approval/").content.decode()
    assert "Publish" in chief.get(f"{own}/change/").content.decode()
    assert officer.post(f"{own}/step/approve/", {"version_seen": "1", "reason": ""}).status_code == 403
    assert chief.post(f"{own}/step/approve/", {"version_seen": "1", "reason": ""}).status_code == 302
    assert Engagement.objects.get(pk=record.pk).marking == "public"

"""Approvals on the desk: what waits is approved with one press, by somebody else than who proposed it."""

import pytest

from appointments import services
from engagements.models import Engagement
from sgoffice.approvals.models import Approval
from sgoffice.records.actors import OFFICE
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.appointments import decision, post
from tests.factories.directory import person
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    """An approver who was there before anything was proposed."""
    return signed_in("approver")


@pytest.fixture
def waiting(chief):
    officer = signed_in("officer")
    record = make.engagement(by=officer.user.as_actor(), title="A talk")
    form = f"/admin/engagements/engagement/{record.pk}/change/"
    officer.post(form, sent_by(officer.get(form), marking="public"))
    return Approval.objects.pending().get(subject=record.pk)


def test_a_proposal_is_approved_in_two_presses(waiting, chief):
    today = chief.get("/desk/")
    assert f"/desk/approvals#what-{waiting.reference}" in today.content.decode()

    page = chief.get("/desk/approvals")
    [line] = page.context["lines"]
    assert line["about"].title == "A talk"
    done = chief.post(line["answer"], {"step": "approve", "version": line["version"]})

    assert done.status_code == 302
    assert Engagement.objects.get(pk=waiting.subject_id).marking == "public"
    assert chief.get("/desk/approvals").context["lines"] == []


def test_a_refusal_needs_a_reason_and_others_decide_nothing(waiting, chief):
    address = f"/desk/approvals/{waiting.reference}/decide"

    assert chief.post(address, {"step": "refuse", "version": "1"}).status_code == 422
    assert chief.post(address, {"step": "dance", "version": "1"}).status_code == 422
    assert chief.post(address, {"step": "approve", "version": "9\x00"}).status_code == 422
    assert chief.post("/desk/approvals/none/decide", {"step": "approve", "version": "1"}).status_code == 404
    assert signed_in("officer").post(address, {"step": "approve", "version": "1"}).status_code == 403
    assert signed_in("officer").get("/desk/approvals").status_code == 403
    assert chief.post(address, {"step": "refuse", "version": "1", "reason": "Not yet"}).status_code == 302
    assert Approval.objects.get(pk=waiting.pk).state == "refused"


def test_a_term_that_waits_is_told_in_words(chief):
    officer = signed_in("officer")
    body = decision().body
    session = services.convene_session(services.SessionEntry(body=body.pk, number=92, begins="2024-11-04"), by=OFFICE)
    entry = services.AppointmentEntry(
        post=post().pk, person=person("Testa Candidate").pk, start="2024-11", session=session.pk
    )
    services.record_appointment(entry, by=officer.user.as_actor())

    page = chief.get("/desk/approvals")
    [line] = page.context["lines"]

    assert line["what"] == "Appoint"
    assert line["about"].title == "Testa Candidate, secretary-general"
    assert dict(line["content"]) == {"Start": "November 2024", "Session": "92nd session of the General Assembly"}
    assert str(session.pk) not in page.content.decode()

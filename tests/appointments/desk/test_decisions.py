"""The sheets of decisions and sessions, and what is reported on them."""

import pytest

from appointments.models import Mandate, Session
from tests.factories import appointments as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def test_a_mandate_is_reported_on_the_sheet_of_its_decision(officer):
    mandate = make.mandate(text="Report every year")
    sheet = f"/desk/decisions/{mandate.decision.reference}"
    [line] = officer.get(sheet).context["mandates"]
    report = {"step": "report", "mandate": mandate.reference, "version": line["version"], "status": "completed"}

    refused = officer.post(f"{sheet}/answer", report)
    taken = officer.post(f"{sheet}/answer", report | {"evidence": "COUNCIL/42/REP/7"})

    assert refused.status_code == 422
    assert "without evidence" in refused.content.decode()
    assert taken.status_code == 302
    assert Mandate.objects.get(pk=mandate.pk).status == "completed"
    assert "COUNCIL/42/REP/7" in officer.get(sheet).content.decode()
    assert officer.post(f"{sheet}/answer", report | {"mandate": "none\x00"}).status_code == 422
    assert signed_in("viewer").post(f"{sheet}/answer", report).status_code == 403


def test_a_session_tells_what_was_decided_there_and_is_settled(officer):
    body = make.decision().body
    session = make.services.convene_session(
        make.services.SessionEntry(body=body.pk, number=7, begins="2026-11-01", city="Doha"), by=make.OFFICE
    )
    made = make.decision("On stolen cargo", session=session.pk)
    sheet = f"/desk/sessions/{session.reference}"

    page = officer.get(sheet)
    assert "On stolen cargo" in page.content.decode()
    assert "7th session" in officer.get(f"/desk/decisions/{made.reference}").content.decode()
    assert officer.post(f"{sheet}/answer", {"step": "hold", "version": "x"}).status_code == 422
    assert officer.post(f"{sheet}/answer", {"step": "hold", "version": "1"}).status_code == 302
    assert Session.objects.get(pk=session.pk).status == "held"
    assert officer.get(sheet).context["steps"] == []


def test_what_is_hidden_is_not_there(officer):
    hidden = make.decision(marking="restricted", readers=(str(officer.user.pk),))

    assert signed_in("officer").get(f"/desk/decisions/{hidden.reference}").status_code == 404
    assert officer.get(f"/desk/decisions/{hidden.reference}").status_code == 200

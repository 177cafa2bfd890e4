"""A later message about a meeting names the engagement and the step that it asks for."""

import pytest

from tests.engagements.invitations import invitation, proposed
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def test_our_own_entry_that_comes_back_is_known(officer):
    ours = make.planned(title="Ours", marking="public")
    hidden = make.planned(title="Hidden", marking="restricted", allow_duplicate=True)
    text = officer.see(f"engagements/{ours.pk}/calendar").content.decode()

    found = proposed(officer, text)

    assert found["same_as"] == {
        "id": str(ours.pk), "reference": ours.reference, "title": "Ours", "step": "", "reason": ""
    }  # fmt: skip
    assert proposed(officer, text.replace(str(ours.pk), str(hidden.pk)))["same_as"] is None
    assert proposed(officer, invitation())["same_as"] is None


def sent(method="REQUEST", sequence=0, start="20270710T093000", *more):
    return invitation(f"SEQUENCE:{sequence}", *more, start=f"DTSTART;TZID=Europe/Paris:{start}").replace(
        "METHOD:REQUEST", f"METHOD:{method}"
    )


@pytest.mark.parametrize(
    ("later", "step", "reason"),
    [
        (sent(), "", ""),
        (sent("REQUEST", 1, "20270712T093000"), "correct", "starts_at"),
        (sent("REQUEST", 1, "20270710T093000", "LOCATION:Palais"), "correct", "venue"),
        (sent("COUNTER", 1, "20270712T093000"), "correct", "starts_at"),
        (sent("CANCEL", 1), "cancel", "cancelled it"),
        (
            sent("REPLY", 0, "20270710T093000", "ATTENDEE;CN=Amina;PARTSTAT=DECLINED:mailto:a@b.org"),
            "correct",
            "declined",
        ),
    ],
)
def test_a_later_message_about_it_names_the_engagement_and_the_step(officer, later, step, reason):
    entry = proposed(officer, sent())["entry"] | {"kind": "courtesy_call", "city": "Paris", "country": "FR"}
    directory.country()
    made = officer.enter("engagements", entry).json()

    found = proposed(officer, later)["same_as"]

    assert (found["id"], found["step"]) == (made["id"], step)
    assert reason in found["reason"]


def test_a_later_message_tells_nothing_of_an_engagement_that_is_hidden(officer):
    approver = signed_in("approver")
    approver.enter("engagements", proposed(approver, sent())["entry"] | {"marking": "restricted"})

    assert proposed(officer, sent("CANCEL", 1))["same_as"] is None


@pytest.mark.parametrize("form", ["{}", "{}@calendar.example", "urn:uuid:{}", "{{{}}}"])
def test_the_id_that_we_gave_is_known_in_every_form(officer, form):
    ours = make.planned(title="Ours")
    text = officer.see(f"engagements/{ours.pk}/calendar").content.decode()

    found = proposed(officer, text.replace(str(ours.pk), form.format(ours.pk)))

    assert found["same_as"]["id"] == str(ours.pk)

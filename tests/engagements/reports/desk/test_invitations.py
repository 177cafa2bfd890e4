"""Log a meeting from an invitation: the form comes back filled in, and nothing is stored."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from engagements.models import Engagement
from tests.factories import directory
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
PAGE = "/desk/log/invitation"
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:20260320-1@example.org
DTSTAMP:20260301T080000Z
DTSTART;TZID=Asia/Tokyo:20260320T160000
DTEND;TZID=Asia/Tokyo:20260320T170000
SUMMARY:Meeting with the Director
LOCATION:National Police Agency
ATTENDEE;CN=Keiko Abe;PARTSTAT=ACCEPTED:mailto:abe@example.org
END:VEVENT
END:VCALENDAR
"""
MESSAGE = f"""From: a@example.org
To: b@example.org
Subject: Invitation
MIME-Version: 1.0
Content-Type: text/calendar; charset=utf-8

{CALENDAR}"""


@pytest.fixture
def officer():
    directory.country("JP", "Japan")
    return signed_in("officer")


@pytest.mark.parametrize(
    "sent",
    [
        {"text": CALENDAR},
        {"text": MESSAGE},
        {"file": SimpleUploadedFile("invitation.ics", CALENDAR.encode())},
        {"file": SimpleUploadedFile("invitation.eml", MESSAGE.encode())},
    ],
)
def test_an_invitation_fills_in_the_form(officer, sent):
    page = officer.post(PAGE, sent)

    assert page.status_code == 200
    values = page.context["values"]
    assert (values["title"], values["day"]) == ("Meeting with the Director", "20 March 2026")
    assert (values["start"], values["end"], values["zone"]) == ("16:00", "17:00", "Tokyo")
    assert (values["venue"], page.context["form"].who[0].text) == ("National Police Agency", "Keiko Abe")
    assert not Engagement.objects.exists()
    logged = officer.post("/desk/log", sent_by(page, kind="courtesy_call", city="Tokyo", country="Japan"))
    assert logged.status_code == 302, logged.context["errors"]
    assert officer.see(f"engagements/{Engagement.objects.get().pk}").json()["starts_at"] == "2026-03-20T16:00:00+09:00"


@pytest.mark.parametrize(
    "text", ["", "Dear colleague", "BEGIN:VCALENDAR", "\x00", "BEGIN:VCALENDAR\nEND:VCALENDAR", "9" * 5000]
)
def test_what_is_no_invitation_is_refused_with_a_sentence(officer, text):
    answer = officer.post(PAGE, {"text": text})

    assert answer.status_code == 422
    assert answer.context["refused"]
    assert signed_in("viewer").post(PAGE, {"text": text}).status_code == 403

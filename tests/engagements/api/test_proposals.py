"""An invitation becomes a proposed entry that can be posted as it is; strangers' files do no harm."""

import json
import time
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from sgoffice.directory.services import Contact
from tests.engagements.invitations import invitation, proposed
from tests.factories import directory
from tests.factories.accounts import signed_in
from tests.outlook import APPOINTMENT, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def test_an_invitation_is_read_and_its_proposal_can_be_posted(officer):
    minister = directory.person("Josephine Teo")
    text = invitation(
        "DTEND;TZID=Asia/Singapore:20260320T101500",
        "LOCATION:Ministry of Home Affairs\\, Level 3",
        "DESCRIPTION:First line\\nSecond",
        "ORGANIZER;CN=Cabinet:mailto:cabinet@example.org",
        "ATTENDEE;CN=JOSEPHINE TEO;PARTSTAT=ACCEPTED:mailto:minister@example.org",
        "ATTENDEE;CUTYPE=ROOM;CN=Room 3:mailto:room@example.org",
    )

    found = proposed(officer, text)
    posted = officer.enter("engagements", found["entry"] | {"kind": "bilateral_meeting"})

    assert posted.status_code == 201, posted.content
    logged = posted.json()
    assert (logged["status"], logged["starts_at"], logged["ends_at"]) == (
        "tentative",
        "2026-03-20T09:30:00+08:00",
        "2026-03-20T10:15:00+08:00",
    )
    assert (logged["time_zone"], logged["venue"]) == ("Asia/Singapore", "Ministry of Home Affairs, Level 3")
    assert logged["summary"] == "First line\nSecond"
    assert [(one["person"]["id"], one["response"]) for one in logged["participants"]] == [
        (str(minister.pk), "accepted")
    ]
    assert [(one["name"], one["is_organizer"]) for one in found["unplaced"]] == [("Cabinet", True)]
    assert logged["sources"][0]["document"] == "Invitation 1@example.org"


def test_a_file_is_taken_as_it_is(officer):
    answer = officer.generic(
        "POST",
        "/api/v1/engagements/from-calendar",
        "\ufeff" + invitation(),
        content_type="text/calendar; charset=utf-8",
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["entry"]["title"] == "Meeting with the Minister"


@pytest.mark.parametrize(
    ("start", "zone", "held", "starts_at", "doubt"),
    [
        ("DTSTART;VALUE=DATE:20260320", "", "2026-03-20", None, None),
        ("DTSTART;VALUE=DATE:20260320\r\nDTEND;VALUE=DATE:20260323", "", "2026-03-20/2026-03-22", None, None),
        ("DTSTART;TZID=W. Europe Standard Time:20260701T093000", "", None, "2026-07-01T09:30:00+02:00", None),
        ("DTSTART:20260320T013000Z", "Asia/Singapore", None, "2026-03-20T09:30:00+08:00", None),
        ("DTSTART:20260320T013000Z", "", None, "2026-03-20T01:30:00+00:00", "names no time zone"),
        ("DTSTART:20260320T093000", "Asia/Singapore", None, "2026-03-20T09:30:00+08:00", None),
        ("DTSTART:20260320T093000", "", "2026-03-20", None, "09:30 has no time zone that is known"),
        ("DTSTART;TZID=Somewhere:20260320T093000", "", "2026-03-20", None, "time zone 'Somewhere' is not known"),
        ("DTSTART:20261025T023000", "Europe/Paris", "2026-10-25", None, "is ambiguous or does not exist"),
        ("DTSTART;TZID=Europe/Paris:20260329T023000", "", None, "2026-03-29T03:30:00+02:00", None),
    ],
)
def test_times_are_proposed_as_far_as_they_are_known(officer, start, zone, *, held, starts_at, doubt):
    found = proposed(officer, invitation(start=start), **({"time_zone": zone} if zone else {}))

    assert (found["entry"]["held"], found["entry"]["starts_at"]) == (held, starts_at)
    assert any(doubt in note for note in found["notes"]) if doubt else len(found["notes"]) == 1
    assert officer.enter("engagements", found["entry"]).status_code == 201


def test_what_is_odd_is_said(officer):
    text = invitation("RRULE:FREQ=WEEKLY", "STATUS:CANCELLED", summary="")

    notes = " ".join(proposed(officer, text)["notes"])

    assert all(word in notes for word in ("repeats", "cancelled it", "no title", "Choose the kind"))


def test_the_sender_decides_on_no_marking_but_a_higher_one(officer):
    assert proposed(officer, invitation("CLASS:CONFIDENTIAL"))["entry"]["marking"] == "restricted"
    assert proposed(officer, invitation("CLASS:PUBLIC"))["entry"]["marking"] == "internal"


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", "BEGIN:VEVENT\r\nEND:VEVENT",
        invitation(start="X:1"), invitation(start="DTSTART:garbage"), invitation(start="DTSTART:00010101T000000Z"),
        invitation(start="DTSTART:99991231T235959Z"), invitation().replace("END:VEVENT", "END:VTODO"),
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 10_000, "BEGIN:VCALENDAR\r\n" + "\r\n" * 130_000,
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_no_invitation_is_a_400_that_names_the_field(officer, text):
    answer = officer.enter("engagements/from-calendar", {"calendar": text})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/calendar")


def test_rules_that_never_end_are_not_worked_out(officer):
    zone = """BEGIN:VTIMEZONE
TZID:Trap
BEGIN:STANDARD
DTSTART:00010101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
RRULE:FREQ=SECONDLY
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT"""
    text = invitation("RRULE:FREQ=SECONDLY", start="DTSTART;TZID=Trap:20260320T093000").replace("BEGIN:VEVENT", zone, 1)

    begun = time.monotonic()
    found = proposed(officer, text)

    assert found["entry"]["held"] == "2026-03-20"
    assert time.monotonic() - begun < 2


def test_what_a_file_holds_unseen_is_left_out_and_hostile_words_stay_words(officer):
    words = "A\u202eB\x00\u2028END:VEVENT\u0085C <script>alert(1)</script>"
    text = invitation(f"LOCATION:{words}", f"ATTENDEE;CN={words[:2]}:mailto:x@example.org", summary=words)

    as_file = officer.generic("POST", "/api/v1/engagements/from-calendar", text, content_type="text/calendar")
    as_json = officer.enter("engagements/from-calendar", {"calendar": text})

    found = as_file.json()["entry"]
    assert found["title"] == "AB END:VEVENT C <script>alert(1)</script>"
    assert officer.enter("engagements", found).status_code == 201
    assert as_json.json() == as_file.json()


def test_a_viewer_proposes_nothing():
    assert signed_in("viewer").enter("engagements/from-calendar", {"calendar": invitation()}).status_code == 403


def test_texts_that_are_cut_have_a_note(officer):
    found = proposed(officer, invitation("LOCATION:" + "p" * 301, "DESCRIPTION:" + "d" * 20_001, summary="t" * 501))

    assert [len(found["entry"][name]) for name in ("title", "venue", "summary")] == [500, 300, 20_000]
    assert sum("only the first" in note for note in found["notes"]) == 3
    assert officer.enter("engagements", found["entry"]).status_code == 201


def test_a_file_of_ten_megabytes_is_taken_and_a_larger_one_is_not(officer):
    def send(count):
        text = invitation("ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "QUJD" * count)
        return officer.generic(
            "POST", "/api/v1/engagements/from-calendar", text, content_type="text/calendar"
        ).status_code

    assert (send(500_000), send(2_600_000)) == (200, 413)


@pytest.mark.parametrize("how", ["alternative", "attachment"])
def test_an_invitation_is_read_out_of_an_e_mail(officer, how):
    message = EmailMessage()
    message["Subject"] = "Invitation"
    message.set_content("Please come.")
    text = invitation(summary="Réunion à Genève")
    if how == "alternative":
        message.add_alternative(text, subtype="calendar", charset="iso-8859-1", cte="quoted-printable")
    else:
        message.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename="Invite.ICS")

    answer = officer.generic(
        "POST", "/api/v1/engagements/from-calendar", message.as_bytes(), content_type="message/rfc822"
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["entry"]["title"] == "Réunion à Genève"


@pytest.mark.parametrize("message", [b"", b"Subject: nothing\r\n\r\nNo calendar here.", b"\x00\xff" * 50])
def test_an_e_mail_without_an_invitation_is_refused(officer, message):
    answer = officer.generic("POST", "/api/v1/engagements/from-calendar", message, content_type="message/rfc822")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/calendar")


@pytest.mark.parametrize("body", ["text/calendar", "application/json"])
def test_the_zone_of_the_place_is_said_in_one_way_for_every_body(officer, body):
    text = "\ufeff" + invitation(start="DTSTART:20270708T093000")
    address = "/api/v1/engagements/from-calendar?time_zone=Europe/Paris"
    sent_as = text if body == "text/calendar" else json.dumps({"calendar": text})

    answer = officer.generic("POST", address, sent_as, content_type=body)

    assert answer.json()["entry"]["starts_at"] == "2027-07-08T09:30:00+02:00"
    assert officer.generic("POST", address + "x", sent_as, content_type=body).status_code == 400


def test_a_meeting_that_outlook_saved_is_proposed_with_the_people_who_are_known(officer):
    amina = directory.person("Amina Haddad", contact_details=(Contact(type="email", value="amina@example.org"),))
    start = datetime(2027, 7, 8, 7, 30, tzinfo=UTC)
    saved = meeting(
        named={(APPOINTMENT, 0x820D): start, (APPOINTMENT, 0x820E): start + timedelta(hours=1)},
        recipients=({0x3001: "A. Haddad", 0x39FE: "Amina@Example.org", 0x0C15: 1},),
        subject="Call by the Minister",
    )
    address = "/api/v1/engagements/from-calendar"

    answer = officer.generic("POST", address, saved, content_type="application/vnd.ms-outlook")
    damaged = officer.generic("POST", address, saved[:2000], content_type="application/vnd.ms-outlook")

    assert answer.status_code == 200, answer.content
    entry = answer.json()["entry"]
    assert (entry["title"], entry["participants"][0]["person"]) == ("Call by the Minister", str(amina.pk))
    assert (damaged.status_code, damaged.json()["errors"][0]["pointer"]) == (400, "/calendar")


def mailed(officer, *calendars, params=None):
    """Send a message with these calendars, and return the answer."""
    message = EmailMessage()
    message.set_content("Please come.")
    for number, text in enumerate(calendars):
        message.add_attachment(
            text.encode(), maintype="text", subtype="calendar", filename=f"{number}.ics", params=params or {}
        )
    return officer.generic(
        "POST", "/api/v1/engagements/from-calendar", message.as_bytes(), content_type="message/rfc822"
    )


def test_the_method_may_stand_in_the_envelope_alone(officer):
    bare = invitation().replace("METHOD:REQUEST\r\n", "")
    found = mailed(officer, bare, params={"method": "CANCEL"}).json()
    sent = officer.generic(
        "POST", "/api/v1/engagements/from-calendar", bare, content_type="text/calendar; method=reply"
    ).json()

    assert any("cancelled it" in note for note in found["notes"])
    assert any("a reply" in note for note in sent["notes"])


def test_an_empty_calendar_in_a_message_hides_no_other(officer):
    answer = mailed(officer, "", invitation())

    assert answer.status_code == 200, answer.content
    assert answer.json()["entry"]["title"] == "Meeting with the Minister"


def test_other_calendars_of_a_message_are_said_not_to_be_read(officer):
    other = invitation().replace("UID:1@", "UID:2@")

    assert not any("other event" in note for note in mailed(officer, invitation(), invitation()).json()["notes"])
    assert any("1 other event" in note for note in mailed(officer, invitation(), other).json()["notes"])


def test_what_outlook_packed_away_is_named(officer):
    message = EmailMessage()
    message.set_content("Please come.")
    message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")

    answer = officer.generic(
        "POST", "/api/v1/engagements/from-calendar", message.as_bytes(), content_type="message/rfc822"
    )

    assert answer.status_code == 400
    assert "winmail.dat" in answer.json()["errors"][0]["detail"]

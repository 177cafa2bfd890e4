"""An invitation becomes a proposed entry that can be posted as it is; strangers' files do no harm."""

import time

import pytest

from sgoffice.directory.services import Contact
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def invitation(*lines, start="DTSTART;TZID=Asia/Singapore:20260320T093000", summary="Meeting with the Minister"):
    event = ["BEGIN:VEVENT", "UID:1@example.org", "DTSTAMP:20260301T080000Z", start, f"SUMMARY:{summary}", *lines]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REQUEST", *event, "END:VEVENT", "END:VCALENDAR", ""])


def proposed(client, text, **more):
    answer = client.enter("engagements/from-calendar", {"calendar": text, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


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
        ("DTSTART:20260320T093000", "", "2026-03-20", None, "09:30 has no time zone"),
        ("DTSTART;TZID=Somewhere:20260320T093000", "", "2026-03-20", None, "09:30 has no time zone"),
        ("DTSTART:20261025T023000", "Europe/Paris", "2026-10-25", None, "is ambiguous or does not exist"),
        ("DTSTART;TZID=Europe/Paris:20260329T023000", "", None, "2026-03-29T03:30:00+02:00", None),
    ],
)
def test_times_are_proposed_as_far_as_they_are_known(officer, start, zone, *, held, starts_at, doubt):
    found = proposed(officer, invitation(start=start), **({"time_zone": zone} if zone else {}))

    assert (found["entry"]["held"], found["entry"]["starts_at"]) == (held, starts_at)
    assert any(doubt in note for note in found["notes"]) if doubt else len(found["notes"]) == 1
    assert officer.enter("engagements", found["entry"]).status_code == 201


def test_people_are_placed_by_their_address_or_their_only_name(officer):
    by_address = directory.person("J. Teo", contact_details=(Contact(type="email", value="j.teo@example.sg"),))
    directory.person("Kim Min")
    directory.person("Kim Min")
    colleague = staff("officer", email="colleague@example.org", display_name="Colleague")
    text = invitation(
        'ATTENDEE;CN="Teo, Josephine";PARTSTAT=NEEDS-ACTION:mailto:J.Teo@example.sg',
        "ATTENDEE;CN=Kim Min;PARTSTAT=DECLINED:mailto:kim@example.org",
        f"ATTENDEE;CN=Colleague:mailto:{colleague.email.upper()}",
    ).replace("J.Teo", "j.teo")

    found = proposed(officer, text)

    assert [(one["person"], one["response"]) for one in found["entry"]["participants"]] == [
        (str(by_address.pk), "invited")
    ]
    assert [(one["name"], one["response"], one["is_staff"]) for one in found["unplaced"]] == [
        ("Kim Min", "declined", False),
        ("Colleague", "not_stated", True),
    ]


def test_our_own_entry_that_comes_back_is_known(officer):
    ours = make.planned(title="Ours", marking="public")
    hidden = make.planned(title="Hidden", marking="restricted", allow_duplicate=True)
    text = officer.see(f"engagements/{ours.pk}/calendar").content.decode()

    found = proposed(officer, text)

    assert found["same_as"] == {"id": str(ours.pk), "reference": ours.reference, "title": "Ours"}
    assert proposed(officer, text.replace(str(ours.pk), str(hidden.pk)))["same_as"] is None
    assert proposed(officer, invitation())["same_as"] is None


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
        "BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\n" * 10_000, "BEGIN:VCALENDAR\r\n" + "\r\n" * 30_000,
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
    assert found["title"] == "AB END:VEVENTC <script>alert(1)</script>"
    assert officer.enter("engagements", found).status_code == 201
    assert (as_json.status_code, as_json.json()["errors"][0]["pointer"]) == (400, "/calendar")


def test_a_viewer_proposes_nothing():
    assert signed_in("viewer").enter("engagements/from-calendar", {"calendar": invitation()}).status_code == 403

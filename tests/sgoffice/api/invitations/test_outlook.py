"""Messages that Outlook saved: meetings as properties, calendars inside, and files that are damaged."""

import random
from datetime import UTC, date, datetime

import pytest

from sgoffice.api.invitations import outlook, read_invitation
from sgoffice.records.errors import InvalidEntry
from tests.outlook import APPOINTMENT, MEETING, compound_file, meeting

START, END = datetime(2027, 7, 8, 7, 30, tzinfo=UTC), datetime(2027, 7, 8, 8, 15, tzinfo=UTC)
TIMES = {(APPOINTMENT, 0x820D): START, (APPOINTMENT, 0x820E): END}
OBJECT_ID = bytes.fromhex("040000008200E00074C5B7101A82E008") + bytes.fromhex("07EB0708") + bytes(20) + b"own-id-of-it"
FOREIGN = OBJECT_ID[:40] + b"vCal-Uid\x01\x00\x00\x00meeting-1@example.org\x00"
SENDER = {0x0042: "Office of the Minister", 0x5D02: "office@example.org"}
PEOPLE = (
    {0x3001: "Amina Haddad", 0x39FE: "amina@example.org", 0x0C15: 1, 0x5FFF: 3},
    {0x3001: "Room 4", 0x39FE: "room4@example.org", 0x0C15: 3},
    {0x3001: "Delegation of Norway", 0x3003: "/o=Exchange/cn=norway", 0x0C15: 2, 0x3900: 1},
    {0x3001: "Office of the Minister", 0x39FE: "office@example.org", 0x0C15: 1, 0x5FFD: 3},
)


def read(data):
    return read_invitation(outlook.calendar_in(data)[0])


def test_a_meeting_request_is_read_as_an_invitation():
    named = {**TIMES, (APPOINTMENT, 0x8208): "Ministry, room 4; second floor", (MEETING, 0x0003): FOREIGN}
    own = {0x1000: "Agenda:\r\n1. Exchange of data", **SENDER}

    found = read(meeting(own=own, named=named, recipients=PEOPLE, subject="Call by Norway — Größe"))

    assert (found.method, found.uid, found.summary) == ("REQUEST", "meeting-1@example.org", "Call by Norway — Größe")
    assert (found.starts, found.last) == (START, END)
    assert (found.location, found.description) == ("Ministry, room 4; second floor", "Agenda:\n1. Exchange of data")
    assert [(one.name, one.email, one.response, one.is_organizer, one.is_group) for one in found.people] == [
        ("Office of the Minister", "office@example.org", "", True, False),
        ("Amina Haddad", "amina@example.org", "ACCEPTED", False, False),
        ("Delegation of Norway", "", "NEEDS-ACTION", False, True),
    ]
    assert found.notes == ()


def test_the_uid_of_outlook_is_the_same_for_each_occurrence():
    other_day = OBJECT_ID[:16] + bytes.fromhex("07EB0A01") + OBJECT_ID[20:]

    one, other = (read(meeting(named={**TIMES, (MEETING, 0x0003): found})).uid for found in (OBJECT_ID, other_day))

    assert one == other == (OBJECT_ID[:16] + bytes(4) + OBJECT_ID[20:]).hex().upper()


@pytest.mark.parametrize(
    ("message_class", "named", "method"),
    [
        ("IPM.Schedule.Meeting.Canceled", {}, "CANCEL"),
        ("IPM.Schedule.Meeting.Resp.Pos", {}, "REPLY"),
        ("IPM.Schedule.Meeting.Resp.Tent", {(APPOINTMENT, 0x8257): True}, "COUNTER"),
        ("IPM.Appointment", {}, "PUBLISH"),
    ],
)
def test_the_class_of_the_message_says_what_it_is_for(message_class, named, method):
    assert read(meeting(message_class, named={**TIMES, **named})).method == method


def test_an_answer_is_that_of_its_sender():
    found = read(meeting("IPM.Schedule.Meeting.Resp.Neg", own=SENDER, named=TIMES, recipients=PEOPLE))

    assert [(one.email, one.response) for one in found.people] == [("office@example.org", "DECLINED")]


def test_a_whole_day_is_the_day_of_the_sender():
    midnight = datetime(2027, 7, 7, 22, tzinfo=UTC)  # in Paris
    next_one = datetime(2027, 7, 9, 22, tzinfo=UTC)
    named = {(APPOINTMENT, 0x820D): midnight, (APPOINTMENT, 0x820E): next_one, (APPOINTMENT, 0x8215): True}

    found = read(meeting(named=named))

    assert (found.starts, found.last) == (date(2027, 7, 8), date(2027, 7, 9))


def test_a_series_and_a_private_meeting_are_noted():
    found = read(meeting(own={0x0036: 2}, named={**TIMES, (APPOINTMENT, 0x8223): True}))

    assert found.notes == (
        "The invitation repeats: this is only its first date.",
        "The sender marked it private: choose the marking.",
    )


def test_a_calendar_that_is_attached_to_a_message_is_read():
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a@b", "SUMMARY:Inside", "DTSTART:20270708T073000Z")
    file = "\r\n".join((*lines, "END:VEVENT", "END:VCALENDAR")).encode()
    large = file.replace(b"SUMMARY:Inside", b"SUMMARY:Inside\r\nDESCRIPTION:" + b"x" * 9000)

    for content in (file, large):
        attached = ({0x3707: "invite.ics", 0x370E: "text/calendar", 0x3705: 1, 0x3701: content},)
        assert read(meeting("IPM.Note", attachments=attached)).summary == "Inside"


def test_lines_cannot_be_slipped_in():
    own = {0x1000: "x\r\nEND:VEVENT\r\nBEGIN:VEVENT", **SENDER, 0x0042: 'A"\r\nEND:VEVENT'}

    found = read(meeting(own=own, named=TIMES, subject="One\r\nSUMMARY:Two"))

    assert found.summary == "One\nSUMMARY:Two"
    assert found.notes == ()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no compound file",
        compound_file({}),
        compound_file({"__properties_version1.0": b"short"}),
        meeting("IPM.Note"),
        meeting("IPM.Note", attachments=({0x3707: "a.ics", 0x3705: 1},)),
    ],
)
def test_what_holds_no_invitation_is_refused(data):
    with pytest.raises(InvalidEntry) as refused:
        read(data)

    assert refused.value.errors[0][0] == "/calendar"


def test_streams_that_share_their_sectors_are_refused_before_they_are_read():
    whole = compound_file({f"s{number}": b"x" * 50_000 for number in range(40)})
    size = (50_000).to_bytes(8, "little")
    assert len(whole) > 40 * 50_000
    shared = whole.replace(size, (2_000_000).to_bytes(8, "little"))

    with pytest.raises(ValueError, match="hold more than the file"):
        outlook._storage_of(shared)
    with pytest.raises(InvalidEntry):
        outlook.calendar_in(shared)


def test_a_name_of_a_file_on_this_machine_is_no_message_and_opens_none(tmp_path, monkeypatch):
    saved = tmp_path / "m.msg"
    saved.write_bytes(meeting(named=TIMES))
    opened, really = [], open
    monkeypatch.setattr("builtins.open", lambda name, *more: opened.append(name) or really(name, *more))

    with pytest.raises(InvalidEntry):
        outlook.calendar_in(str(saved).encode())

    assert opened == []


def test_no_damaged_file_is_more_than_refused():
    whole = meeting(own={0x1000: "Agenda", **SENDER}, named={**TIMES, (MEETING, 0x0003): FOREIGN}, recipients=PEOPLE)
    chance = random.Random(14)
    outcomes = set()
    for _ in range(600):
        cut = chance.randrange(len(whole)) if chance.random() < 0.2 else len(whole)
        broken = bytearray(whole[:cut])
        for _ in range(chance.randrange(1, 12) if broken else 0):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read(bytes(broken))
            outcomes.add("read")
        except InvalidEntry:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}

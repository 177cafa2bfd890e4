"""What a file holds beside its first event has a note, and nobody in it is lost."""

import pytest

from sgoffice.api.invitations import read_invitation

EVENT = ("BEGIN:VEVENT", "UID:1@example.org", "DTSTART;TZID=Europe/Paris:20270701T093000", "SUMMARY:Weekly")


def file(*lines, own=(), more=()):
    return "\r\n".join(["BEGIN:VCALENDAR", *own, *EVENT, *lines, "END:VEVENT", *more, "END:VCALENDAR", ""])


def noted(text):
    return " ".join(read_invitation(text).notes)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("REPLY", "a reply"), ("CANCEL", "cancelled it"), ("COUNTER", "another time"), ("ADD", "adds a date"),
        ("REFRESH", "asks for the latest"), ("DECLINECOUNTER", "declines another time"),
    ],
)  # fmt: skip
def test_a_message_that_invites_nobody_says_what_it_is(method, said):
    assert said in noted(file(own=[f"METHOD:{method}"]))


def test_an_invitation_has_no_note():
    assert (noted(file(own=["METHOD:REQUEST"])), noted(file(own=["METHOD:PUBLISH"]))) == ("", "")


def test_a_request_for_the_latest_version_needs_no_start():
    text = file(own=["METHOD:REFRESH"]).replace("DTSTART;TZID=Europe/Paris:20270701T093000\r\n", "")

    assert read_invitation(text).starts is None


def test_other_events_are_counted():
    other = ["BEGIN:VEVENT", "UID:2@example.org", "DTSTART:20270702", "END:VEVENT"]
    calendar = ["END:VCALENDAR", "BEGIN:VCALENDAR", *other]

    assert "1 other event," in noted(file(more=other))
    assert "2 other events," in noted(file(more=other * 2))
    assert "1 other event," in noted(file(more=calendar))


def test_an_occurrence_of_a_series_is_said_to_be_one():
    series = [*EVENT, "RRULE:FREQ=WEEKLY;COUNT=6", "END:VEVENT"]
    occurrence = "RECURRENCE-ID;TZID=Europe/Paris:20270701T093000"

    assert "one occurrence of a series" in noted(file(occurrence))
    assert "holds the series too" in noted(file(occurrence, more=series))


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        (["EXDATE;TZID=Europe/Paris:20270701T093000"], []),
        (["EXDATE:20270624T093000,20270701T093000"], []),
        ([], [*EVENT, "RECURRENCE-ID;TZID=Europe/Paris:20270701T093000", "END:VEVENT"]),
    ],
)
def test_an_exception_that_touches_the_date_is_said(lines, more):
    assert "exception on this very date" in noted(file("RRULE:FREQ=WEEKLY", *lines, more=more))
    assert "exception" not in noted(file("RRULE:FREQ=WEEKLY", "EXDATE:20270708T093000"))


def test_the_organizer_who_attends_is_one_person():
    found = read_invitation(
        file("ORGANIZER;CN=Boss:MAILTO:boss@example.org", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:Boss@Example.org")
    ).people

    assert [(one.name, one.response, one.is_organizer) for one in found] == [("Boss", "ACCEPTED", True)]


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ("ATTENDEE;EMAIL=cabinet@example.org;CN=Cabinet:/aMTk0ODQ3/principal/", "Cabinet", "cabinet@example.org"),
        ("ATTENDEE;CN=Cabinet:urn:uuid:b3a2", "Cabinet", ""),
        ("ATTENDEE;CN=Cabinet:/o=ExchangeLabs/ou=x/cn=y", "Cabinet", ""),
        ("ATTENDEE;CN=Cabinet:invalid:nomail", "Cabinet", ""),
        ("ATTENDEE;CN=cabinet@example.org:mailto:cabinet@example.org", "", "cabinet@example.org"),
        ("ATTENDEE;CN=Cabinet: mailto: cabinet@example.org", "Cabinet", "cabinet@example.org"),
        ('ATTENDEE;CN=Bob "Bobby" Smithson:mailto:j@e.example', 'Bob "Bobby" Smithson', "j@e.example"),
        ('ATTENDEE;CN="Bob:mailto:j@e.example', "Bob", "j@e.example"),
        ("ATTENDEE;CN=O^'Brien^' Jan:mailto:j@e.example", 'O"Brien" Jan', "j@e.example"),
    ],
)
def test_people_are_read_as_programs_write_them(line, name, email):
    [one] = read_invitation(file(line)).people

    assert (one.name, one.email) == (name, email)


def test_groups_are_kept_and_a_room_is_the_place():
    found = read_invitation(
        file(
            "ATTENDEE;CUTYPE=GROUP;CN=Delegation of Norway:mailto:n@example.org",
            "ATTENDEE;CUTYPE=ROOM;CN=Room 3:mailto:r@x.org",
        )
    )

    assert [(one.name, one.is_group) for one in found.people] == [("Delegation of Norway", True)]
    assert found.location == "Room 3"


def test_everybody_is_read_up_to_a_limit_that_is_said():
    many = [f"ATTENDEE;CN=Delegate {number}:mailto:d{number}@example.org" for number in range(600)]

    assert len(read_invitation(file(*many[:260])).people) == 260
    assert len(read_invitation(file(*many)).people) == 500
    assert "100 more people" in noted(file(*many))


def test_a_private_invitation_and_a_line_that_is_none_are_said():
    assert "marked it private" in noted(file("CLASS:PRIVATE"))
    assert "could not be read: %%%" in noted(file("%%% what"))

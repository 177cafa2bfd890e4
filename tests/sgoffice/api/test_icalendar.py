"""Calendars as text: the zones say what the IANA database says, and no title becomes a component."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from sgoffice.api.icalendar import CalendarEntry, calendar_of

ZONES = [
    "Europe/Paris", "Asia/Singapore", "America/St_Johns", "Pacific/Kiritimati", "Europe/Dublin", "Africa/Casablanca",
    "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York", "Asia/Tehran",
]  # fmt: skip
HOSTILE = [
    "Meeting\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Injected",
    "Meeting\nATTENDEE:mailto:x@example.org",
    "A\u2028END:VEVENT\u2028BEGIN:VALARM",
    "A\x0bEND:VCALENDAR\x0cB\x85C\x1cD",
    "NUL\x00 BEL\x07 DEL\x7f BOM\ufeff \u202eturned",
    'semi;colon, comma \\ back\\nslash \\N ";X=Y:',
    " \tBEGIN:VEVENT",
    "é" * 200 + "😀" * 100,
    "",
]
_numbers = count(1)


def entry(starts=None, **values):
    given_values = {
        "uid": "0190c0de-0000-7000-8000-000000000001",
        "sequence": 0,
        "modified_at": datetime(2026, 3, 1, tzinfo=UTC),
        "starts": starts or date(2026, 3, 20),
        "ends": None,
        "summary": "Meeting",
        "status": "CONFIRMED",
        "classification": "PUBLIC",
    }
    return CalendarEntry(**given_values | values)


def by_its_own_rules(text, zone):
    """Read a calendar so that its own VTIMEZONE counts, and not what the reader knows of the zone's name."""
    ours = f"Ours-{next(_numbers)}"  # the reader remembers a zone by its name
    return Calendar.from_ical(text.decode().replace(f"TZID:{zone}", f"TZID:{ours}").replace(f"={zone}:", f"={ours}:"))


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=60, deadline=None)
@given(minutes=some.integers(0, 366 * 24 * 60))
def test_an_instant_is_the_same_by_the_calendars_own_zone(zone, minutes):
    instant = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    starts, ends = (moment.astimezone(ZoneInfo(zone)) for moment in (instant, instant + timedelta(hours=1)))

    text = calendar_of([entry(starts, ends=ends)], name="One")

    for calendar in (Calendar.from_ical(text), by_its_own_rules(text, zone)):
        [event] = calendar.walk("VEVENT")
        assert event["DTSTART"].dt.astimezone(UTC) == instant
        assert event["DTEND"].dt.astimezone(UTC) == instant + timedelta(hours=1)


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/St_Johns", "Australia/Lord_Howe"])
def test_the_hours_around_a_change_of_the_clocks_are_right(zone):
    here, day = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC)
    changes = [
        day + timedelta(hours=hour)
        for hour in range(8760)
        if (day + timedelta(hours=hour)).astimezone(here).utcoffset()
        != (day + timedelta(hours=hour + 1)).astimezone(here).utcoffset()
    ]
    instants = [change + timedelta(minutes=step) for change in changes for step in range(-180, 181, 15)]

    for instant in instants:
        text = calendar_of([entry(instant.astimezone(here))], name="One")
        [event] = by_its_own_rules(text, zone).walk("VEVENT")
        assert event["DTSTART"].dt.astimezone(UTC) == instant

    assert len(changes) == 2


def test_an_entry_of_whole_days_ends_on_the_morning_after():
    [event] = Calendar.from_ical(calendar_of([entry(ends=date(2026, 3, 22))], name="One")).walk("VEVENT")

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 3, 20), date(2026, 3, 23))
    assert event["DTSTART"].params["VALUE"] == "DATE"


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_make_no_component_and_no_property(words):
    fields = ("summary", "location", "description")
    text = calendar_of([entry(**dict.fromkeys(fields, words))], name=words)
    plain = calendar_of([entry(**dict.fromkeys(fields, "words"))], name="words")

    found, expected = Calendar.from_ical(text), Calendar.from_ical(plain)

    assert [part.name for part in found.walk()] == [part.name for part in expected.walk()]
    known = {name for part in expected.walk() for name in part}
    assert {name for part in found.walk() for name in part} <= known
    assert not any(character in text.decode() for character in "\x00\x07\x0b\x0c\x1c\x7f\x85\u2028\u2029\u202e\ufeff")
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_the_same_entries_give_the_same_bytes():
    starts = datetime(2026, 7, 1, 9, 30, tzinfo=ZoneInfo("Europe/Paris"))

    assert calendar_of([entry(starts)], name="One") == calendar_of([entry(starts)], name="One")


def test_a_subscription_says_how_often_it_wants_to_be_read():
    text = calendar_of([], name="Diary", refresh=timedelta(hours=1)).decode()

    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert "X-PUBLISHED-TTL:PT1H\r\n" in text
    assert "BEGIN:VEVENT" not in text

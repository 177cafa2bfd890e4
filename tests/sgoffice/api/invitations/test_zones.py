"""Times by the zones of a file: by name, by definition, by what else the file says."""

from datetime import UTC, date, datetime

import pytest

from sgoffice.api.invitations import read_invitation

SUMMER = """BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT"""
FIXED = """BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD"""
BY_DAY_OF_MONTH = """BEGIN:STANDARD
DTSTART:20071104T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU
END:DAYLIGHT"""
ENDED = """BEGIN:DAYLIGHT
DTSTART:19930328T020000
TZOFFSETFROM:+0300
TZOFFSETTO:+0400
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20100327T230000Z
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20141026T020000
TZOFFSETFROM:+0400
TZOFFSETTO:+0300
END:STANDARD"""
BY_DATES = """BEGIN:STANDARD
DTSTART:20261025T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RDATE:20271031T030000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RDATE:20270328T020000
END:DAYLIGHT"""


def read(start, *lines, zone=None, definition="", own=(), location=""):
    zones = []
    if zone:
        place = [f"X-LIC-LOCATION:{location}"] if location else []
        zones = ["BEGIN:VTIMEZONE", f"TZID:{zone}", *place, *definition.splitlines(), "END:VTIMEZONE"]
    event = ["BEGIN:VEVENT", "UID:1@example.org", "SUMMARY:Call", start, *lines, "END:VEVENT"]
    return read_invitation("\r\n".join(["BEGIN:VCALENDAR", *own, *zones, *event, "END:VCALENDAR", ""]))


def instant(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("name", "definition", "local", "meant"),
    [
        ("Customized Time Zone", SUMMER, "20270708T093000", "2027-07-08T07:30Z"),
        ("Customized Time Zone", SUMMER, "20270108T093000", "2027-01-08T08:30Z"),
        ("Customized Time Zone", SUMMER, "20271030T093000", "2027-10-30T07:30Z"),
        ("Customized Time Zone", SUMMER, "20271031T093000", "2027-10-31T08:30Z"),
        ("tzone://Microsoft/Custom", SUMMER, "20270708T093000", "2027-07-08T07:30Z"),
        ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", SUMMER, "20270708T093000", "2027-07-08T07:30Z"),
        ("Mitteleuropäische Zeit", SUMMER, "20270708T093000", "2027-07-08T07:30Z"),
        ("Eastern", BY_DAY_OF_MONTH, "20270708T093000", "2027-07-08T13:30Z"),
        ("Eastern", BY_DAY_OF_MONTH, "20270310T093000", "2027-03-10T14:30Z"),
        ("Moscow of the office", ENDED, "20270708T093000", "2027-07-08T06:30Z"),
        ("By dates", BY_DATES, "20270708T093000", "2027-07-08T07:30Z"),
        ("By dates", BY_DATES, "20271101T093000", "2027-11-01T08:30Z"),
    ],
)
def test_a_zone_that_only_the_file_defines_is_read(name, definition, local, meant):
    found = read(f"DTSTART;TZID={name}:{local}", zone=name, definition=definition)

    assert found.starts.astimezone(UTC) == instant(meant)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("name", "definition", "meant"),
    [
        ("GMT", SUMMER, "2027-07-08T07:30Z"),
        ("Europe/Paris", FIXED, "2027-07-08T08:30Z"),
        ("W. Europe Standard Time", FIXED, "2027-07-08T08:30Z"),
        ("America/New_York", SUMMER, "2027-07-08T07:30Z"),
    ],
)
def test_where_the_file_contradicts_the_name_the_file_is_believed_with_a_note(name, definition, meant):
    found = read(f"DTSTART;TZID={name}:20270708T093000", zone=name, definition=definition)

    assert found.starts.astimezone(UTC) == instant(meant)
    assert [note for note in found.notes if "defines" in note and name in note]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ('"Europe/Berlin"', "Europe/Berlin"),
        ("Europe/Berlin-2", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/Europe/Berlin", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("Tokyo Standard Time", "Asia/Tokyo"),
        ("Tokyo Standard Time 1", "Asia/Tokyo"),
    ],
)
def test_a_zone_is_known_by_the_names_that_programs_give_it(name, place):
    found = read(f"DTSTART;TZID={name}:20270708T093000")

    assert (str(found.starts.tzinfo), found.starts.hour, found.notes) == (place, 9, ())


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("UTC+02:00", "2027-07-08T07:30Z"),
        ("GMT-5", "2027-07-08T14:30Z"),
        ("+0530", "2027-07-08T04:00Z"),
        ("CEST", "2027-07-08T07:30Z"),
    ],
)
def test_a_zone_may_be_an_offset(name, meant):
    assert read(f'DTSTART;TZID="{name}":20270708T093000').starts.astimezone(UTC) == instant(meant)


@pytest.mark.parametrize(
    "name",
    ["Europe", "America", "/Europe", "Europe/", "x" * 300, "../../etc/passwd", "localtime", "Factory", "posixrules"],
)
def test_a_name_that_is_no_zone_of_a_place_leaves_the_day_and_a_note(name):
    found = read(f"DTSTART;TZID={name}:20270708T093000")

    assert (found.starts.tzinfo, found.starts.date()) == (None, date(2027, 7, 8))
    assert any("is not known" in note for note in found.notes)


@pytest.mark.parametrize("end", ["DTEND;TZID=Europe/Berlin:20270708T083000Z", "DURATION:PT1H"])
def test_a_time_in_utc_stays_in_utc_whatever_zone_is_named(end):
    found = read("DTSTART;TZID=Europe/Berlin:20270708T073000Z", end)

    assert (found.starts.isoformat(), found.last.isoformat()) == (
        "2027-07-08T09:30:00+02:00",
        "2027-07-08T10:30:00+02:00",
    )


@pytest.mark.parametrize(
    ("own", "zone", "location"),
    [
        (["X-WR-TIMEZONE:Europe/Paris"], None, ""),
        (["TIMEZONE-ID:Europe/Paris"], None, ""),
        ([], "Zone1", "Europe/Paris"),
        ([], "Europe/Paris", ""),
        ([], "Customized Time Zone", ""),
    ],
)
@pytest.mark.parametrize("written", ["20270708T093000", "20270708T073000Z"])
def test_the_zone_may_be_said_elsewhere_in_the_file(own, zone, location, written):
    found = read(f"DTSTART:{written}", own=own, zone=zone, definition=SUMMER, location=location)

    assert found.starts.astimezone(UTC) == instant("2027-07-08T07:30Z")


def test_rules_that_never_end_are_not_worked_out():
    endless = FIXED.replace("END:STANDARD", "RRULE:FREQ=SECONDLY\nEND:STANDARD")

    assert read("DTSTART;TZID=Trap:20270708T093000", zone="Trap", definition=endless).starts.tzinfo is None


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "2027-07-08T07:30Z"),
        ("(GMT+10:00) Canberra, Melbourne, Sydney", "2027-07-07T23:30Z"),
        ("(GMT+09.00) Osaka/Sapporo/Tokyo", "2027-07-08T00:30Z"),
    ],
)
def test_a_displayed_name_without_a_definition_is_taken_for_its_city_with_a_note(name, meant):
    found = read(f'DTSTART;TZID="{name}":20270708T093000')

    assert found.starts.astimezone(UTC) == instant(meant)
    assert "was taken for" in found.notes[0]


def test_a_displayed_name_whose_city_has_another_offset_is_not_known():
    assert read('DTSTART;TZID="(UTC+05:00) Berlin":20270708T093000').starts.tzinfo is None

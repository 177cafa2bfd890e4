"""Starts, ends and durations of events."""

from datetime import UTC, date, datetime

import pytest

from sgoffice.api.invitations import read_invitation

PARIS = "DTSTART;TZID=Europe/Paris"


def read(*lines, own=()):
    event = ["BEGIN:VEVENT", "UID:1@example.org", "SUMMARY:Call", *lines, "END:VEVENT"]
    return read_invitation("\r\n".join(["BEGIN:VCALENDAR", *own, *event, "END:VCALENDAR", ""]))


@pytest.mark.parametrize(
    ("start", "duration", "ends"),
    [
        ("20270327T120000", "PT24H", "2027-03-28T13:00:00+02:00"),
        ("20270327T120000", "P1D", "2027-03-28T12:00:00+02:00"),
        ("20270327T120000", "P1DT1H", "2027-03-28T13:00:00+02:00"),
        ("20270322T120000", "P1W", "2027-03-29T12:00:00+02:00"),
        ("20271031T010000", "PT3H", "2027-10-31T03:00:00+01:00"),
        ("20270328T010000", "PT2H", "2027-03-28T04:00:00+02:00"),
        ("20270708T093000", "PT45M30S", "2027-07-08T10:15:30+02:00"),
    ],
)
def test_hours_are_exact_and_days_are_those_of_the_calendar(start, duration, ends):
    assert read(f"{PARIS}:{start}", f"DURATION:{duration}").last.isoformat() == ends


@pytest.mark.parametrize(
    "end",
    [
        "DURATION:PT1W", "DURATION:P1Y", "DURATION:-PT1W1D2H3M4S", "DURATION:", "DURATION:PT9999999999999H",
        "DURATION:P999999999999999999W", "DURATION:P1D;P2D", "DURATION;VALUE=PERIOD:x", "DURATION:P", "DURATION:PT",
        "DURATION:-PT1H", "DTEND:garbage", "DTEND:20270708T250000Z", "DTEND;TZID=Europe/Paris:20270708T083000",
        "DTEND;VALUE=DATE:20270709", "DTEND:20270230T093000",
    ],
)  # fmt: skip
def test_an_end_that_cannot_be_read_is_left_out_with_a_note(end):
    found = read(f"{PARIS}:20270708T093000", end)

    assert (found.starts.isoformat(), found.last) == ("2027-07-08T09:30:00+02:00", None)
    assert found.notes[-1].startswith("Its end cannot be read")


@pytest.mark.parametrize(
    "mark", ["X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:true", "X-FUNAMBOL-ALLDAY:1"]
)
@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("DTSTART;TZID=Asia/Tokyo:20270708T000000", "DTEND;TZID=Asia/Tokyo:20270709T000000", (8, 8)),
        ("DTSTART:20270708T000000", "DTEND:20270711T000000", (8, 10)),
        ("DTSTART;TZID=Europe/Paris:20270707T220000Z", "DTEND;TZID=Europe/Paris:20270708T220000Z", (8, 8)),
    ],
)
def test_marks_of_whole_days_are_read_in_any_zone(mark, start, end, days):
    found = read(start, end, mark)

    assert (found.starts, found.last) == tuple(date(2027, 7, day) for day in days)


@pytest.mark.parametrize(
    "written", ["DTSTART;VALUE=DATE:20270708T000000", "DTSTART;VALUE=DATE:20270708", "DTSTART:20270708"]
)
def test_a_date_is_a_whole_day_however_it_is_written(written):
    found = read(written)

    assert (found.starts, found.last, found.notes) == (date(2027, 7, 8), None, ())


def test_the_end_of_days_without_a_zone_is_kept():
    found = read("DTSTART:20270708T090000", "DTEND:20270710T170000")

    assert (found.starts, found.last) == (datetime(2027, 7, 8, 9), datetime(2027, 7, 10, 17))


def test_an_end_may_be_in_another_zone():
    found = read(f"{PARIS}:20270708T093000", "DTEND;TZID=Asia/Tokyo:20270708T173000")

    assert found.last.astimezone(UTC).isoformat() == "2027-07-08T08:30:00+00:00"

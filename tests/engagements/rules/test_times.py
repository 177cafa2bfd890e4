"""Local times and days: pure functions, no database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.rules import (
    Days,
    local_days,
    local_instant,
    local_today,
    possible_instants,
)
from engagements.rules.times import require_day_of_place
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.time_zones import zones_of

PARIS = "Europe/Paris"
ZONES = ["Europe/Paris", "Asia/Singapore", "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC"]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
walls = st.datetimes(datetime(1995, 1, 1), datetime(2035, 1, 1))


@given(wall=walls, zone=st.sampled_from(ZONES))
def test_a_time_on_the_clocks_has_one_reading_or_is_refused_with_both(wall, zone):
    meant = possible_instants(wall, zone)

    shown = [reading for reading in meant if reading.replace(tzinfo=None, fold=0) == wall]
    if len(shown) == 1:
        assert local_instant(wall, zone, pointer="") == shown[0]
    else:
        assert len(meant) == 2
        with pytest.raises(InvalidEntry) as refused:
            local_instant(wall, zone, pointer="/starts_at")
        for reading in meant:
            assert reading.isoformat(timespec="minutes") in refused.value.detail
    for reading in meant:  # what the refusal proposes is accepted
        again = local_instant(datetime.fromisoformat(reading.isoformat()), zone, pointer="")
        assert again.isoformat() == reading.isoformat()


@given(moment=walls, zone=st.sampled_from(ZONES))
def test_an_instant_in_utc_is_always_taken_and_keeps_its_local_day(moment, zone):
    instant = moment.replace(tzinfo=UTC)

    found = local_instant(instant, zone, pointer="")

    assert found == instant
    assert local_days(found, None).earliest == instant.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    ("wall", "proposed"),
    [
        ("2016-03-27T02:30", ["2016-03-27T01:30+01:00", "2016-03-27T03:30+02:00"]),
        ("2016-10-30T02:30", ["2016-10-30T02:30+02:00", "2016-10-30T02:30+01:00"]),
    ],
)
def test_gaps_and_overlaps_are_refused_with_the_two_valid_readings(wall, proposed):
    with pytest.raises(InvalidEntry) as refused:
        local_instant(datetime.fromisoformat(wall), PARIS, pointer="/starts_at")

    assert refused.value.errors[0][0] == "/starts_at"
    assert " or ".join(proposed) in refused.value.detail


@pytest.mark.parametrize(
    ("given_text", "proposed"),
    [
        ("2016-03-27T02:30+01:00", ["2016-03-27T01:30+01:00", "2016-03-27T03:30+02:00"]),
        ("2016-10-30T02:30+05:00", ["2016-10-30T02:30+02:00", "2016-10-30T02:30+01:00"]),
        ("2016-07-01T10:00+01:00", ["2016-07-01T10:00+02:00", "2016-07-01T11:00+02:00"]),
    ],
)
def test_an_offset_that_the_zone_does_not_have_then_is_refused(given_text, proposed):
    with pytest.raises(InvalidEntry) as refused:
        local_instant(datetime.fromisoformat(given_text), PARIS, pointer="/starts_at")

    assert " or ".join(proposed) in refused.value.detail


@pytest.mark.parametrize("text", ["2016-10-30T02:30+02:00", "2016-10-30T02:30+01:00", "2016-07-01T10:00+02:00"])
def test_an_offset_of_the_zone_tells_which_reading_is_meant(text):
    assert local_instant(datetime.fromisoformat(text), PARIS, pointer="").isoformat(timespec="minutes") == text


@given(start=walls, minutes=st.integers(-3000, 3000), zone=st.sampled_from(ZONES))
def test_an_end_comes_after_its_start(start, minutes, zone):
    starts = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    ends = (start.replace(tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))

    if minutes <= 0:
        with pytest.raises(RuleViolation, match="must end after it starts"):
            local_days(starts, ends)
        return
    days = local_days(starts, ends)
    assert days.earliest == starts.date()
    assert days.earliest <= days.latest <= ends.date()
    assert days.is_exact


def test_an_end_at_midnight_belongs_to_the_day_before():
    here = ZoneInfo(PARIS)

    days = local_days(datetime(2024, 5, 15, 20, tzinfo=here), datetime(2024, 5, 16, tzinfo=here))

    assert days.text == "2024-05-15"


def test_dates_of_one_first_day_are_in_order_of_precision():
    texts = ["2024-01-01", "2024-01-01?", "2024-01", "2024", "202X"]

    assert sorted(texts, key=lambda text: Days.of(text).rank) == texts
    assert Days.of("2024-01-01/2024-01-05").rank == 0


def test_a_day_has_begun_when_it_has_begun_anywhere():
    late = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)

    assert local_today(late, "") == date(2026, 3, 2)
    assert local_today(late, PARIS) == date(2026, 3, 1)
    assert local_today(late, "", zones_of("DE")) == date(2026, 3, 1)
    assert local_today(late, "", zones_of("KI")) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-20", "on 20 November 2026"),
        ("2026-11", "in November 2026"),
        ("2026", "in 2026"),
        ("2026-12-07/2026-12-08", "on 2026-12-07/2026-12-08"),
    ],
)
def test_days_are_said_in_a_sentence(text, words):
    assert Days.of(text).when == words


@pytest.mark.parametrize(
    ("held", "zone"),
    [("2011-12-30", "Pacific/Apia"), ("1994-12-31", "Pacific/Kiritimati"), ("1993-08-21", "Pacific/Kwajalein")],
)
def test_a_day_that_the_clocks_of_a_place_left_out_is_refused(held, zone):
    with pytest.raises(InvalidEntry, match="had no"):
        require_day_of_place(Days.of(held), zone, pointer="/held")


@pytest.mark.parametrize(
    ("held", "zone"),
    [
        ("2011-12-29", "Pacific/Apia"),
        ("2011-12-30", "Pacific/Auckland"),
        ("2011-12", "Pacific/Apia"),
        ("2011-12-30", ""),
    ],
)
def test_a_day_of_the_place_is_taken_and_where_nobody_knows_too(held, zone):
    require_day_of_place(Days.of(held), zone, pointer="/held")

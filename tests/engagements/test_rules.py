"""What the engagement log allows: pure functions, no database."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.rules import (
    CORRECTIONS,
    ITEM_MOVES,
    MOVES,
    RANKS,
    Contents,
    Days,
    Tenure,
    days_of,
    instant_of,
    is_to_confirm,
    local_today,
    marking_beside,
    principal_on,
    readings,
    require_contents,
    require_item_move,
    require_move,
    require_not_below,
    warnings_about,
)
from engagements.vocabulary import ActionItemStatus, EngagementStatus
from sgoffice.records.errors import InvalidEntry, RuleViolation

PARIS = "Europe/Paris"
ZONES = ["Europe/Paris", "Asia/Singapore", "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC"]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
walls = st.datetimes(datetime(1995, 1, 1), datetime(2035, 1, 1))


@given(before=st.sampled_from(EngagementStatus), after=st.sampled_from(EngagementStatus))
def test_a_step_is_open_or_refused_and_a_correction_needs_a_reason(before, after):
    if after not in MOVES[before]:
        with pytest.raises(RuleViolation, match="cannot become"):
            require_move(before, after, reason="because")
        return
    require_move(before, after, reason="because")
    if (before, after) in CORRECTIONS:
        with pytest.raises(InvalidEntry, match="Say why"):
            require_move(before, after, reason="  ")
    else:
        require_move(before, after)


def test_the_way_from_request_to_log():
    assert MOVES["requested"] == {"tentative", "declined", "delegated"}
    assert "confirmed" in MOVES["tentative"]
    assert MOVES["confirmed"] == {"held", "not_held", "postponed", "cancelled"}
    assert {("held", "not_held"), ("not_held", "held"), ("cancelled", "confirmed")} == CORRECTIONS


@pytest.mark.parametrize("status", ["tentative", "confirmed", "held", "not_held", "postponed", "cancelled"])
def test_a_date_is_needed_from_tentative_on(status):
    with pytest.raises(RuleViolation, match="has a date"):
        require_contents(status, Contents(days=None), today=TODAY, now=NOW)


@pytest.mark.parametrize("status", ["requested", "declined", "delegated"])
def test_a_request_needs_no_date(status):
    require_contents(status, Contents(days=None), today=TODAY, now=NOW)


@pytest.mark.parametrize("text", ["2026-04", "2026", "2026-04-01?", "2026-04/2026-05"])
def test_what_is_confirmed_has_its_day(text):
    with pytest.raises(RuleViolation, match="has its day"):
        require_contents("confirmed", Contents(days=Days.of(text)), today=TODAY, now=NOW)
    require_contents("tentative", Contents(days=Days.of(text)), today=TODAY, now=NOW)


@pytest.mark.parametrize("status", ["held", "not_held"])
def test_nothing_is_held_before_its_day(status):
    require_contents(status, Contents(days=Days.of("2026-03-02")), today=TODAY, now=NOW)
    require_contents(status, Contents(days=Days.of("2026-03")), today=TODAY, now=NOW)
    with pytest.raises(RuleViolation, match="before its day"):
        require_contents(status, Contents(days=Days.of("2026-03-03")), today=TODAY, now=NOW)
    later = Contents(days=Days.of("2026-03-02"), starts_at=NOW + timedelta(hours=1))
    with pytest.raises(RuleViolation, match="before its day"):
        require_contents(status, later, today=TODAY, now=NOW)


def test_who_was_represented_did_not_attend():
    days = Days.of("2024-05-15")
    both = Contents(days=days, attendance="attended", is_represented=True)
    nobody = Contents(days=days, mode="represented")

    with pytest.raises(RuleViolation, match="did not attend"):
        require_contents("held", both, today=TODAY, now=NOW)
    with pytest.raises(RuleViolation, match="who represented"):
        require_contents("held", nobody, today=TODAY, now=NOW)
    require_contents("held", Contents(days=days, mode="represented", is_represented=True), today=TODAY, now=NOW)


@given(wall=walls, zone=st.sampled_from(ZONES))
def test_a_time_on_the_clocks_has_one_reading_or_is_refused_with_both(wall, zone):
    meant = readings(wall, zone)

    shown = [reading for reading in meant if reading.replace(tzinfo=None, fold=0) == wall]
    if len(shown) == 1:
        assert instant_of(wall, zone, pointer="") == shown[0]
    else:
        assert len(meant) == 2
        with pytest.raises(InvalidEntry) as refused:
            instant_of(wall, zone, pointer="/starts_at")
        for reading in meant:
            assert reading.isoformat(timespec="minutes") in refused.value.detail
    for reading in meant:  # what the refusal proposes is accepted
        again = instant_of(datetime.fromisoformat(reading.isoformat()), zone, pointer="")
        assert again.isoformat() == reading.isoformat()


@given(moment=walls, zone=st.sampled_from(ZONES))
def test_an_instant_in_utc_is_always_taken_and_keeps_its_local_day(moment, zone):
    instant = moment.replace(tzinfo=UTC)

    found = instant_of(instant, zone, pointer="")

    assert found == instant
    assert days_of(found, None).earliest == instant.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    ("wall", "proposed"),
    [
        ("2016-03-27T02:30", ["2016-03-27T01:30+01:00", "2016-03-27T03:30+02:00"]),
        ("2016-10-30T02:30", ["2016-10-30T02:30+02:00", "2016-10-30T02:30+01:00"]),
    ],
)
def test_gaps_and_overlaps_are_refused_with_the_two_valid_readings(wall, proposed):
    with pytest.raises(InvalidEntry) as refused:
        instant_of(datetime.fromisoformat(wall), PARIS, pointer="/starts_at")

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
        instant_of(datetime.fromisoformat(given_text), PARIS, pointer="/starts_at")

    assert " or ".join(proposed) in refused.value.detail


@pytest.mark.parametrize("text", ["2016-10-30T02:30+02:00", "2016-10-30T02:30+01:00", "2016-07-01T10:00+02:00"])
def test_an_offset_of_the_zone_tells_which_reading_is_meant(text):
    assert instant_of(datetime.fromisoformat(text), PARIS, pointer="").isoformat(timespec="minutes") == text


@given(start=walls, minutes=st.integers(-3000, 3000), zone=st.sampled_from(ZONES))
def test_an_end_comes_after_its_start(start, minutes, zone):
    starts = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    ends = (start.replace(tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))

    if minutes <= 0:
        with pytest.raises(RuleViolation, match="ends after it starts"):
            days_of(starts, ends)
        return
    days = days_of(starts, ends)
    assert days.earliest == starts.date()
    assert days.earliest <= days.latest <= ends.date()
    assert days.is_exact


def test_an_end_at_midnight_belongs_to_the_day_before():
    here = ZoneInfo(PARIS)

    days = days_of(datetime(2024, 5, 15, 20, tzinfo=here), datetime(2024, 5, 16, tzinfo=here))

    assert days.text == "2024-05-15"


def test_dates_of_one_first_day_are_in_order_of_precision():
    texts = ["2024-01-01", "2024-01-01?", "2024-01", "2024", "202X"]

    assert sorted(texts, key=lambda text: Days.of(text).rank) == texts
    assert Days.of("2024-01-01/2024-01-05").rank == 0


def test_a_day_has_begun_when_it_has_begun_anywhere():
    late = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)

    assert local_today(late, "") == date(2026, 3, 2)
    assert local_today(late, PARIS) == date(2026, 3, 1)


NOBLE, STOCK, URQUIZA = uuid4(), uuid4(), uuid4()
HANDOVER = date(2014, 11, 7)
TERMS = [
    Tenure(NOBLE, "Ronald K. Noble", date(2000, 11, 3), date(2000, 11, 3), HANDOVER, HANDOVER),
    Tenure(
        STOCK, "Jürgen Stock", HANDOVER, HANDOVER, date(2024, 11, 7), date(2024, 11, 7), appointed=date(2014, 11, 7)
    ),
    Tenure(URQUIZA, "Valdecy Urquiza", date(2024, 11, 7), date(2024, 11, 7), appointed=date(2024, 11, 5)),
]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("2014-11-06", NOBLE),
        ("2014-11-07", STOCK),
        ("2016-11", STOCK),
        ("2024-11-04/2024-11-07", STOCK),
        ("2024-11-07", URQUIZA),
        ("1999-01-01", None),
    ],
)
def test_the_principal_is_the_holder_on_the_first_day(text, who):
    assert principal_on(Days.of(text), TERMS) == who


@pytest.mark.parametrize("text", ["2014-11", "2014", "2024-11-06?/2024-11-08"])
def test_a_date_that_spans_two_holders_must_name_the_principal(text):
    with pytest.raises(RuleViolation, match="Name the principal"):
        principal_on(Days.of(text), TERMS)


def test_a_day_inside_a_doubtful_boundary_must_name_the_principal():
    old, new = uuid4(), uuid4()
    terms = [
        Tenure(old, "Old", date(1956, 1, 1), date(1956, 12, 31), date(1960, 1, 1), date(1960, 12, 31)),
        Tenure(new, "New", date(1960, 1, 1), date(1960, 12, 31)),
    ]

    with pytest.raises(RuleViolation, match="Old or New"):
        principal_on(Days.of("1960-05-01"), terms)
    assert principal_on(Days.of("1959-12-31"), terms) == old
    assert principal_on(Days.of("1961-01-01"), terms) == new


@pytest.mark.parametrize(
    ("who", "text"),
    [(NOBLE, "2014-11-07"), (STOCK, "2014-11-07"), (STOCK, "2014-11"), (URQUIZA, "2024-11-06"), (STOCK, "2024-11-07")],
)
def test_either_holder_of_a_handover_and_a_designate_are_legal(who, text):
    assert warnings_about(who, "", Days.of(text), TERMS) == []


def test_anybody_else_is_flagged():
    (warned,) = warnings_about(STOCK, "Jürgen Stock", Days.of("2025-01-29"), TERMS)
    (unknown,) = warnings_about(None, "", Days.of("1999-01-01"), TERMS)

    assert warned.rule == "principal-not-in-office"
    assert warned.detail == "Jürgen Stock did not hold the post on 2025-01-29; Valdecy Urquiza did."
    assert unknown.rule == "principal-not-known"
    assert warnings_about(None, "", None, TERMS) == []


@given(day=st.dates(date(1995, 1, 1), date(2035, 1, 1)))
def test_whoever_is_found_is_never_flagged(day):
    days = Days.of(day.isoformat())

    found = principal_on(days, TERMS)

    assert (found is None) == (day < date(2000, 11, 3))
    assert [warned.rule for warned in warnings_about(found, "", days, TERMS)] == (
        ["principal-not-known"] if found is None else []
    )


@given(owner=st.sampled_from(RANKS), wanted=st.sampled_from(RANKS))
def test_what_belongs_to_an_engagement_is_never_seen_by_more_people(owner, wanted):
    is_below = RANKS.index(wanted) < RANKS.index(owner)

    if is_below:
        with pytest.raises(RuleViolation, match="belongs to an engagement"):
            require_not_below(owner, wanted)
    else:
        require_not_below(owner, wanted)
    if is_below and wanted != "internal":
        with pytest.raises(RuleViolation, match="belongs to an engagement"):
            marking_beside(owner, wanted)
    else:
        assert RANKS.index(marking_beside(owner, wanted)) >= RANKS.index(owner)


@given(before=st.sampled_from(ActionItemStatus), after=st.sampled_from(ActionItemStatus))
def test_an_action_item_moves_by_its_steps(before, after):
    if after not in ITEM_MOVES[before]:
        with pytest.raises(RuleViolation, match="cannot become"):
            require_item_move(before, after, reason="because", evidence=["a letter"])
    else:
        require_item_move(before, after, reason="because", evidence=["a letter"])


def test_done_needs_evidence_and_dropping_a_reason():
    with pytest.raises(InvalidEntry, match="what shows"):
        require_item_move("open", "done", evidence=["  "])
    with pytest.raises(InvalidEntry, match="Say why"):
        require_item_move("open", "dropped")
    with pytest.raises(InvalidEntry, match="Say why"):
        require_item_move("done", "open")
    require_item_move("in_progress", "open")


@given(
    status=st.sampled_from(EngagementStatus),
    last=st.none() | st.dates(date(2026, 2, 20), date(2026, 3, 10)),
    ends=st.none() | st.integers(-48, 48),
)
def test_what_is_past_its_end_and_unanswered_is_to_confirm(status, last, ends):
    moment = None if ends is None else NOW + timedelta(hours=ends)

    found = is_to_confirm(status, last_day=last, ends=moment, today=TODAY, now=NOW)

    assert not (found and status not in {"tentative", "confirmed"})
    assert not (found and last is None)
    if status in {"tentative", "confirmed"} and last is not None:
        assert found == (last < TODAY if moment is None else moment < NOW)

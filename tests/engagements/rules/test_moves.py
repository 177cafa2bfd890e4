"""The steps of an engagement and what it has at each: pure functions, no database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.rules import (
    CORRECTIONS,
    MOVES,
    Contents,
    Days,
    is_to_confirm,
    require_contents,
    require_move,
)
from engagements.vocabulary import EngagementStatus
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
    assert MOVES["postponed"] == {"tentative", "confirmed", "cancelled"}
    resumed = {("postponed", after) for after in MOVES["postponed"]}
    assert {("held", "not_held"), ("not_held", "held"), ("cancelled", "confirmed"), *resumed} == CORRECTIONS


@pytest.mark.parametrize(
    ("contents", "is_ahead"),
    [
        (Contents(days=Days.of("2026-03-02")), False),
        (Contents(days=Days.of("2026-03-03")), True),
        (Contents(days=Days.of("2026-02-25/2026-03-04")), True),
        (Contents(days=Days.of("2026-02-25/2026-03-02")), False),
        (Contents(days=Days.of("2026-03")), False),
        (Contents(days=Days.of("2026-03-02"), starts_at=NOW - timedelta(hours=1)), False),
        (Contents(days=Days.of("2026-03-02"), starts_at=NOW - timedelta(hours=1), ends_at=NOW), False),
        (
            Contents(days=Days.of("2026-03-02"), starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1)),
            True,
        ),
    ],
)
@pytest.mark.parametrize("status", ["held", "not_held"])
def test_what_has_not_ended_was_neither_held_nor_not(contents, is_ahead, status):
    if not is_ahead:
        require_contents(status, contents, today=TODAY, now=NOW)
        return
    with pytest.raises(RuleViolation, match="before its day or time is over"):
        require_contents(status, contents, today=TODAY, now=NOW)


@pytest.mark.parametrize("status", ["tentative", "confirmed", "held", "not_held", "postponed", "cancelled"])
def test_a_date_is_needed_from_tentative_on(status):
    with pytest.raises(RuleViolation, match="needs a date"):
        require_contents(status, Contents(days=None), today=TODAY, now=NOW)


@pytest.mark.parametrize("status", ["requested", "declined", "delegated"])
def test_a_request_needs_no_date(status):
    require_contents(status, Contents(days=None), today=TODAY, now=NOW)


@pytest.mark.parametrize("text", ["2026-04", "2026", "2026-04-01?", "2026-04/2026-05"])
def test_what_is_confirmed_has_its_day(text):
    with pytest.raises(RuleViolation, match="needs its exact day"):
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

"""What belongs to an engagement: pure functions, no database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.rules import (
    ITEM_MOVES,
    marking_under,
    require_item_move,
    require_not_below,
)
from engagements.vocabulary import ActionItemStatus
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.markings import Marking

PARIS = "Europe/Paris"
ZONES = ["Europe/Paris", "Asia/Singapore", "America/St_Johns", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC"]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
walls = st.datetimes(datetime(1995, 1, 1), datetime(2035, 1, 1))


@given(owner=st.sampled_from(Marking.values), wanted=st.sampled_from(Marking.values))
def test_what_belongs_to_an_engagement_is_never_seen_by_more_people(owner, wanted):
    is_below = Marking.values.index(wanted) < Marking.values.index(owner)

    if is_below:
        with pytest.raises(RuleViolation, match="it cannot be"):
            require_not_below(owner, wanted)
    else:
        require_not_below(owner, wanted)
    if is_below and wanted != "internal":
        with pytest.raises(RuleViolation, match="it cannot be"):
            marking_under(owner, wanted)
    else:
        assert Marking.values.index(marking_under(owner, wanted)) >= Marking.values.index(owner)


@given(before=st.sampled_from(ActionItemStatus), after=st.sampled_from(ActionItemStatus))
def test_an_action_item_moves_by_its_steps(before, after):
    if after not in ITEM_MOVES[before]:
        with pytest.raises(RuleViolation, match="cannot become"):
            require_item_move(before, after, reason="because", evidence=["a letter"])
    else:
        require_item_move(before, after, reason="because", evidence=["a letter"])


def test_done_needs_evidence_and_dropping_a_reason():
    with pytest.raises(InvalidEntry, match="Evidence is needed"):
        require_item_move("open", "done", evidence=["  "])
    with pytest.raises(InvalidEntry, match="Give the reason"):
        require_item_move("open", "dropped")
    with pytest.raises(InvalidEntry, match="Give the reason"):
        require_item_move("done", "open")
    require_item_move("in_progress", "open")

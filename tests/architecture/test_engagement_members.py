"""Whoever adds a member to engagements is asked whether calendars, programmes and briefs show it."""

import ast
from pathlib import Path

import pytest

from engagements.api.documents import EngagementSerializer

CHECKOUT = Path(__file__).resolve().parents[2]
#: What does not show which members of an engagement. A new member is shown there, or named here.
LEFT_OUT = {
    "engagements/api/diary.py": [
        "at_headquarters",
        "caveats",
        "conflicts",
        "counterpart_levels",
        "date_basis",
        "entered_by",
        "id",
        "initiative",
        "is_in_error",
        "kind",
        "level",
        "level_basis",
        "meeting_format",
        "merged_from",
        "merged_into",
        "notes",
        "occasion",
        "outcome",
        "participants",
        "principal",
        "principal_attendance",
        "principal_mode",
        "principal_post",
        "principal_title",
        "readers",
        "reply_by",
        "represented_by",
        "responsible",
        "sources",
        "status_reason",
        "summary",
        "topics",
        "understood",
        "version",
        "warnings",
    ],
    "engagements/reports": [
        "at_headquarters",
        "caveats",  # read in sgoffice/records/doubts.py, with `conflicts` and `sources`
        "conflicts",
        "counterpart_levels",
        "entered_by",
        "held_earliest",
        "held_latest",
        "initiative",
        "is_in_error",
        "level_basis",
        "merged_from",
        "notes",
        "occasion",
        "principal_attendance",
        "principal_mode",
        "principal_post",
        "readers",
        "reference",
        "reply_by",
        "sources",
        "status_reason",
        "topics",
        "understood",
        "version",
        "warnings",
    ],
}


@pytest.mark.parametrize("room", LEFT_OUT)
def test_each_member_of_an_engagement_is_shown_or_left_out_on_purpose(room):
    members = set(EngagementSerializer().fields)

    assert sorted(members - read_in(CHECKOUT / room) - set(LEFT_OUT[room])) == []
    assert sorted(set(LEFT_OUT[room]) - members) == []


def read_in(place: Path) -> set[str]:
    """The attributes that modules read, whatever they read them of."""
    paths = [place] if place.is_file() else sorted(place.rglob("*.py"))
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    names = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return names | {name.removesuffix("_id") for name in names}

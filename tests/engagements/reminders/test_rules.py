"""When a reminder is due: in the morning of its reader, on Mondays the second one."""

from datetime import date, datetime

import pytest

from engagements.reminders.rules import kinds_due, message_id


@pytest.mark.parametrize(
    ("local", "found"),
    [
        ("2026-11-30T06:59", []),
        ("2026-11-30T07:00", ["morning", "monday"]),
        ("2026-12-01T07:00", ["morning"]),
        ("2026-11-30T17:59", ["morning", "monday"]),
        ("2026-11-30T18:00", []),
    ],
)
def test_mails_are_due_from_seven_to_six(local, found):
    assert list(kinds_due(datetime.fromisoformat(local), morning=True, monday=True)) == found
    assert list(kinds_due(datetime.fromisoformat(local), morning=False, monday=False)) == []


def test_a_mail_has_one_id_for_ever():
    day = date(2026, 11, 30)

    assert message_id("morning", "u1", day, "example.org") == "<morning.20261130.u1@example.org>"

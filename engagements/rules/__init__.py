"""What the engagement log allows, as functions of plain values: no Django, no clock, no I/O.

`steps` has the steps of an engagement and what it must have at each, `times` local times and days, `principals` who
stands for the office on a day, `owned` what papers, attachments and action items must keep, `closing` what a held
engagement answers for, `files` what is kept as a file, `alike` when two entries may be one engagement.
"""

from engagements.rules.agenda import require_answers
from engagements.rules.belongings import (
    ITEM_MOVES,
    RANKS,
    marking_beside,
    require_item_move,
    require_not_below,
    require_one_about,
)
from engagements.rules.duplicates import Counterparts, TimeAndPlace
from engagements.rules.files import ENDINGS, MOST_BYTES, require_file, safe_name
from engagements.rules.principals import (
    Tenure,
    Warned,
    double_booked,
    principal_on,
    still_owed,
    to_raise,
    warnings_about,
)
from engagements.rules.steps import CORRECTIONS, MOVES, Contents, is_to_confirm, require_contents, require_move
from engagements.rules.times import Days, days_of, instant_of, is_exact_text, local_today, readings

__all__ = [
    "CORRECTIONS",
    "ENDINGS",
    "ITEM_MOVES",
    "MOST_BYTES",
    "MOVES",
    "RANKS",
    "Contents",
    "Counterparts",
    "Days",
    "Tenure",
    "TimeAndPlace",
    "Warned",
    "days_of",
    "double_booked",
    "instant_of",
    "is_exact_text",
    "is_to_confirm",
    "local_today",
    "marking_beside",
    "principal_on",
    "readings",
    "require_answers",
    "require_contents",
    "require_file",
    "require_item_move",
    "require_move",
    "require_not_below",
    "require_one_about",
    "safe_name",
    "still_owed",
    "to_raise",
    "warnings_about",
]

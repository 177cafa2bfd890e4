"""What the engagement log allows, as functions of plain values: no Django, no clock, no I/O.

`steps` has the steps of an engagement and what it must have at each, `times` local times and days, `principals` who
stands for the office on a day, `owned` what papers, attachments and action items must keep.
"""

from engagements.rules.owned import (
    ITEM_MOVES,
    RANKS,
    marking_beside,
    require_item_move,
    require_not_below,
)
from engagements.rules.principals import Tenure, Warned, principal_on, warnings_about
from engagements.rules.steps import CORRECTIONS, MOVES, Contents, is_to_confirm, require_contents, require_move
from engagements.rules.times import Days, days_of, instant_of, is_exact_text, local_today, readings

__all__ = [
    "CORRECTIONS",
    "ITEM_MOVES",
    "MOVES",
    "RANKS",
    "Contents",
    "Days",
    "Tenure",
    "Warned",
    "days_of",
    "instant_of",
    "is_exact_text",
    "is_to_confirm",
    "local_today",
    "marking_beside",
    "principal_on",
    "readings",
    "require_contents",
    "require_item_move",
    "require_move",
    "require_not_below",
    "warnings_about",
]

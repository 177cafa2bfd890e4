"""What the engagement log allows, as functions of plain values: no models, no clock, no I/O."""

from engagements.rules.agenda import require_answers
from engagements.rules.belongings import (
    ITEM_MOVES,
    how_kept,
    marking_under,
    require_item_move,
    require_not_below,
    require_one_about,
)
from engagements.rules.clashes import Whereabouts, warn_of_clashes, warn_of_sessions
from engagements.rules.duplicates import TimeAndPlace, have_a_person_in_common, may_be_one_delegation
from engagements.rules.files import ENDINGS, MOST_BYTES, require_file, safe_name
from engagements.rules.moves import (
    CORRECTIONS,
    MOVES,
    Contents,
    is_ahead,
    is_to_confirm,
    require_contents,
    require_move,
)
from engagements.rules.principals import (
    EngagementWarning,
    Tenure,
    principal_on,
    warn_of_open_items,
    warn_of_post_claim,
    warn_of_principal,
    warn_of_unanswered_items,
)
from engagements.rules.times import Days, is_exact_text, local_days, local_instant, local_today, possible_instants

__all__ = [
    "CORRECTIONS",
    "ENDINGS",
    "ITEM_MOVES",
    "MOST_BYTES",
    "MOVES",
    "Contents",
    "Days",
    "EngagementWarning",
    "Tenure",
    "TimeAndPlace",
    "Whereabouts",
    "have_a_person_in_common",
    "how_kept",
    "is_ahead",
    "is_exact_text",
    "is_to_confirm",
    "local_days",
    "local_instant",
    "local_today",
    "marking_under",
    "may_be_one_delegation",
    "possible_instants",
    "principal_on",
    "require_answers",
    "require_contents",
    "require_file",
    "require_item_move",
    "require_move",
    "require_not_below",
    "require_one_about",
    "safe_name",
    "warn_of_clashes",
    "warn_of_open_items",
    "warn_of_post_claim",
    "warn_of_principal",
    "warn_of_sessions",
    "warn_of_unanswered_items",
]

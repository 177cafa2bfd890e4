"""What the public says of an engagement, and what is wrong with it: functions of plain values."""

from engagements.public_register.rules.checks import Checked, Finding, findings_of
from engagements.public_register.rules.lines import PublicCounterpart, PublicLine, digest_of, rows_of
from engagements.public_register.rules.periods import Agreed, Publication, agreed_by, digest_of_lines

__all__ = [
    "Agreed",
    "Checked",
    "Finding",
    "PublicCounterpart",
    "PublicLine",
    "Publication",
    "agreed_by",
    "digest_of",
    "digest_of_lines",
    "findings_of",
    "rows_of",
]

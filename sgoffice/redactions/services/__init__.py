"""The services of redactions: the names other modules import."""

from sgoffice.redactions.services.carrying_out import carry_out
from sgoffice.redactions.services.kept_list import Unreadable, keep, missing
from sgoffice.redactions.services.repeating import repeat_all
from sgoffice.redactions.services.retention import DueRecord, due, propose_due, rules

__all__ = ["DueRecord", "Unreadable", "carry_out", "due", "keep", "missing", "propose_due", "repeat_all", "rules"]

"""What is carried out once two people agree on it: a redaction."""

from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.changes.redactions import REDACT
from sgoffice.records.actors import Actor
from sgoffice.redactions import services


@carries_out(REDACT, "Erase for good")
def redact(approval: Approval, by: Actor) -> None:
    """Erase what was named, everywhere it stands."""
    services.carry_out(approval, by=by)

"""What is carried out once two people agree on it: the whole register may be taken away."""

from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.archives.whole_register import TAKE_WHOLE
from sgoffice.records.actors import Actor


@carries_out(TAKE_WHOLE, "Take the whole register away")
def allow(approval: Approval, by: Actor) -> None:
    """Change nothing: the approval itself is what lets its proposer have the archive for a day."""

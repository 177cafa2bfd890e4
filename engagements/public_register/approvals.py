"""What is carried out once two people agree on it: the publication of a period."""

from engagements.public_register.services.publications import PUBLISH, require_fresh_lines
from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.records.actors import Actor


@carries_out(PUBLISH, "Publish a period in the public register")
def publish(approval: Approval, by: Actor) -> None:
    """Let a period be published as it was proposed: the approval itself is what the site goes by."""
    require_fresh_lines(approval.content)

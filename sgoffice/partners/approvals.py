"""What is carried out once two people agree on it: releases to partners."""

from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.partners.services.releases import RELEASE, grant_release
from sgoffice.records.actors import Actor


@carries_out(RELEASE, "Release to a partner")
def release(approval: Approval, by: Actor) -> None:
    """Let a release take effect."""
    if approval.subject_id is not None:
        grant_release(approval.subject_id, by=by, expected=approval.expected(), reason=approval.reason_told())

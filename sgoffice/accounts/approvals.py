"""What is carried out once two people agree on it: roles of staff."""

from sgoffice.accounts.services.roles import GIVE_ROLE, give_role
from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.records.actors import Actor


@carries_out(GIVE_ROLE, "Give a role")
def give(approval: Approval, by: Actor) -> None:
    """Give a member of staff the role that was proposed."""
    decided_at = Approval.objects.values_list("decided_at", flat=True).get(pk=approval.pk)
    if approval.member_id is None or decided_at is None:
        return
    content, reason = approval.content, approval.reason_told()
    before, activates = content["role_before"], content["activates"]
    give_role(
        approval.member_id, content["role"], by=by, at=decided_at, before=before, activates=activates, reason=reason
    )

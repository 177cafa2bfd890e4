"""What is carried out once two people agree on it: roles of staff, and the reset of a second factor."""

from sgoffice.accounts.services.roles import GIVE_ROLE, give_role
from sgoffice.accounts.services.second_factors import RESET, end_second_factors
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


@carries_out(RESET, "Reset the second factor")
def reset(approval: Approval, by: Actor) -> None:
    """Take somebody's second factors away; they set up others at the next sign-in."""
    decided_at = Approval.objects.values_list("decided_at", flat=True).get(pk=approval.pk)
    if approval.member_id is not None and decided_at is not None:
        end_second_factors(approval.member_id, by=by, at=decided_at, reason=approval.reason_told())

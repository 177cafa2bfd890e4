"""The vocabulary of approvals."""

from django.db.models import TextChoices


class ApprovalState(TextChoices):
    """The state of a proposal."""

    PROPOSED = "proposed", "Proposed, awaiting an approver"
    APPROVED = "approved", "Approved and carried out"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"

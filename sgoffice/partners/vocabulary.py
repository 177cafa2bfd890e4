"""The words of releases and pings."""

from django.db.models import TextChoices


class ReleaseState(TextChoices):
    """How far a release has come."""

    PROPOSED = "proposed", "Proposed: waits for a second person"
    APPROVED = "approved", "Approved: the partner has it"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReleaseCondition(TextChoices):
    """Which records a release is about. Public records need none: every partner has them."""

    LISTED = "listed", "The records that it lists"
    PARTNER_IS_NAMED = (
        "partner_is_named",
        "All of a kind to which the partner is a party or counterpart, later ones too",
    )


class PingState(TextChoices):
    """How far a ping has come."""

    PENDING = "pending", "Waits to be sent, or to be sent again"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Refused for good"
    GIVEN_UP = "given_up", "Given up after three days"

"""The vocabulary of releases and pings."""

from django.db.models import TextChoices


class ReleaseState(TextChoices):
    """The state of a release."""

    PROPOSED = "proposed", "Proposed, awaiting approval"
    APPROVED = "approved", "Approved"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ReleaseCondition(TextChoices):
    """Which records a release grants. Public records need no release: every partner gets them."""

    LISTED = "listed", "Listed records"
    PARTNER_IS_NAMED = (
        "partner_is_named",
        "All records of a kind that name the partner as party or counterpart, now and later",
    )


class PingState(TextChoices):
    """The state of a ping."""

    PENDING = "pending", "Pending"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Refused"
    GIVEN_UP = "given_up", "Given up after three days"

"""The endpoints of partners that are notified, their secrets, and the pings."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sgoffice.partners.models.partners import Partner
from sgoffice.partners.vocabulary import PingState
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import Part
from sgoffice.records.triggers import Scribe


class PingEndpoint(Part):
    """A URL of a partner that is notified when its stream advances."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="ping_endpoints")
    url = models.CharField(max_length=500, help_text="Where pings are sent.")
    is_active = models.BooleanField(default=True, help_text="Whether it gets pings.")
    disabled_because = models.CharField(max_length=500, blank=True, help_text="Why it is disabled.")
    partner_may_enable = models.BooleanField(
        default=False, db_default=False, help_text="Whether its partner may enable it: not what the office disabled."
    )
    secret_issued_at = models.DateTimeField(null=True, blank=True, help_text="When its secret was last rotated.")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="partner")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "url"], name="pingendpoint_once"),
            models.CheckConstraint(condition=Q(url__regex="^https?://"), name="pingendpoint_is_a_url"),
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_because="") | (Q(is_active=False) & ~Q(disabled_because="")),
                name="pingendpoint_says_why_it_is_disabled",
            ),
        ]

    @property
    def is_held(self) -> bool:
        """Whether only the office can enable it."""
        return not self.is_active and not self.partner_may_enable

    @property
    def host(self) -> str:
        """The part of the URL that all staff may see."""
        return self.url.split("/")[2]

    def __str__(self) -> str:
        return self.url


class PingSecret(models.Model):
    """The salt of a ping secret. The secret derives from it and the key of the installation and is never stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(PingEndpoint, models.PROTECT, related_name="secrets")
    salt = models.BinaryField(editable=False)
    digest = models.BinaryField(editable=False, help_text="SHA-256 of the secret, to detect a changed key.")
    created_at = models.DateTimeField()
    retires_at = models.DateTimeField(null=True, help_text="Until then it signs in addition to its successor.")

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint"], condition=Q(retires_at=None), name="pingsecret_one_current"),
        ]


class Ping(models.Model):
    """A message to an endpoint that its stream has advanced; at most one per endpoint is pending."""

    endpoint = models.ForeignKey(PingEndpoint, models.PROTECT, related_name="pings")
    message_id = models.CharField(max_length=40, unique=True, help_text="The webhook-id, the same for every attempt.")
    position = models.BigIntegerField(help_text="Position of the stream.")
    noticed_at = models.DateTimeField(help_text="When the advance was detected.")
    state = models.CharField(max_length=12, choices=PingState, default=PingState.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(help_text="Time of the next attempt.")
    leased_until = models.DateTimeField(null=True, help_text="Until then one worker holds it.")
    last_status = models.PositiveSmallIntegerField(null=True, help_text="Status of the last response.")
    last_fault = models.CharField(max_length=300, blank=True, help_text="Why the last attempt failed.")
    finished_at = models.DateTimeField(null=True, help_text="When it was delivered, refused or given up.")

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["endpoint"], condition=Q(state=PingState.PENDING), name="ping_one_on_its_way"
            ),
            models.CheckConstraint(
                condition=Q(state=PingState.PENDING, finished_at=None)
                | (~Q(state=PingState.PENDING) & Q(finished_at__isnull=False)),
                name="ping_ends_with_an_instant",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], condition=Q(state=PingState.PENDING), name="ping_due"),
            models.Index(fields=["endpoint", "-position"], name="ping_told"),
        ]


explains("pingendpoint_once", rule="endpoint-once", detail="The partner already has this endpoint.", pointer="/url")
explains("pingendpoint_is_a_url", rule="endpoint-url", detail="An endpoint must be an https:// URL.", pointer="/url")
explains(
    "pingendpoint_says_why_it_is_disabled",
    rule="endpoint-reason",
    detail="A disabled endpoint needs a reason, an enabled one has none.",
)

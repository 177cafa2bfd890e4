"""Partner and what is released to it; its secrets and tokens, of which only digests are kept; how far it has pulled.

Where it is told that there is something to pull, and the pings on their way there.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sgoffice.directory.models import Country, Organization
from sgoffice.partners.vocabulary import PingState, ReleaseCondition, ReleaseState
from sgoffice.records.actors import Permission
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import Entry, Marking, Part, Record
from sgoffice.records.triggers import Scribe


class Partner(Record):
    """An organization or a country whose system pulls records from the register."""

    is_embedded = True
    write_permission = Permission.ADMINISTER

    name = models.CharField(max_length=200, help_text="What we call the partner.")
    slug = models.SlugField(max_length=60, unique=True, help_text="Its name in credentials: the client_id.")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="partners", help_text="Whose system it is."
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="partners",
        help_text="Or the code of the country whose system it is.",
    )
    kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="The kinds of records that it may have."
    )
    is_active = models.BooleanField(default=True, help_text="Not so: it gets nothing, and its credentials are refused.")
    contact = models.CharField(max_length=500, blank=True, help_text="Whom to write to about its system.")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, country__isnull=True)
                | Q(organization__isnull=True, country__isnull=False),
                name="partner_is_organization_or_country",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="partner_has_a_name"),
        ]

    @property
    def may_pull(self) -> bool:
        """Whether its credentials open anything."""
        return self.is_active and self.is_live

    def __str__(self) -> str:
        return self.name


class Release(Record):
    """That a partner may have records which are not public: those of a list, or all that meet a condition."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="releases", help_text="Who gets them.")
    condition = models.CharField(
        max_length=20, choices=ReleaseCondition, default=ReleaseCondition.LISTED, help_text="Which records."
    )
    kind = models.CharField(max_length=40, blank=True, help_text="Of a standing rule: the kind of its records.")
    purpose = models.CharField(max_length=2000, blank=True, help_text="What for; the one who approves reads it.")
    state = models.CharField(
        max_length=12, choices=ReleaseState, default=ReleaseState.PROPOSED, help_text="How far it has come."
    )
    proposed_by = models.CharField(max_length=64, help_text="The id of the one who proposed it.")
    approved_by = models.CharField(max_length=64, blank=True, help_text="The id of the one who approved it.")

    class Meta(Record.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("proposed_by")), name="release_has_two_people"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReleaseState.APPROVED) | ~Q(approved_by=""), name="release_is_approved_by_somebody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["partner", "state", "kind"], name="release_of_partner")]

    def __str__(self) -> str:
        return f"{self.get_condition_display()} to {self.partner}"


class ReleasedRecord(Part):
    """A record on the list of a release. Once withdrawn it stays so: another release is needed."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="records")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", help_text="The record.")
    marking = models.CharField(max_length=12, choices=Marking, blank=True, help_text="Its marking when approved.")
    is_withdrawn = models.BooleanField(default=False, help_text="Not released any more.")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="release")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "entry"], name="release_names_a_record_once")
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


class PartnerSecret(models.Model):
    """A secret with which a partner asks for tokens; two are live at most, so that one can take the other's place."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="secrets")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret.")
    hint = models.CharField(max_length=8, help_text="Its last characters, to tell two of them apart.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="From this instant on it is refused.")
    last_used_at = models.DateTimeField(null=True, help_text="When it was exchanged for a token last.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"…{self.hint} of {self.partner}"


class PartnerToken(models.Model):
    """A short opaque token; only its digest is kept. It ends with its secret."""

    digest = models.BinaryField(primary_key=True, help_text="SHA-256 of the token.")
    secret = models.ForeignKey(PartnerSecret, models.CASCADE, related_name="tokens")
    expires_at = models.DateTimeField(db_index=True)


class Pull(models.Model):
    """How far a partner has pulled, as its own cursors tell, and how often it was refused."""

    partner = models.OneToOneField(Partner, models.CASCADE, primary_key=True, related_name="pull")
    position = models.BigIntegerField(default=0, help_text="The position of its last cursor.")
    pulled_at = models.DateTimeField(null=True, help_text="When it asked for changes or a snapshot last.")
    refused = models.PositiveBigIntegerField(default=0, help_text="Requests for a token that were refused.")
    refused_at = models.DateTimeField(null=True)


class PingEndpoint(Part):
    """An address of a partner that is told when its stream has advanced."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="ping_endpoints")
    url = models.CharField(max_length=500, help_text="Where pings go.")
    is_active = models.BooleanField(default=True, help_text="Not so: it gets no pings.")
    disabled_because = models.CharField(max_length=500, blank=True, help_text="Why it gets none.")

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
    def host(self) -> str:
        """The part of the URL that everybody on the staff may see."""
        return self.url.split("/")[2]

    def __str__(self) -> str:
        return self.url


class PingSecret(models.Model):
    """What a secret for pings is made from, together with the key of the installation: it is nowhere kept itself."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(PingEndpoint, models.PROTECT, related_name="secrets")
    salt = models.BinaryField(editable=False)
    digest = models.BinaryField(editable=False, help_text="SHA-256 of the secret: tells when the key has changed.")
    created_at = models.DateTimeField()
    retires_at = models.DateTimeField(null=True, help_text="It signs beside its successor until then.")

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["endpoint"], condition=Q(retires_at=None), name="pingsecret_one_current"),
        ]


class Ping(models.Model):
    """A message that tells an endpoint how far its partner's stream has come; one for each endpoint is on its way."""

    endpoint = models.ForeignKey(PingEndpoint, models.PROTECT, related_name="pings")
    message_id = models.CharField(max_length=40, unique=True, help_text="webhook-id: the same for every attempt.")
    position = models.BigIntegerField(help_text="How far the stream had come.")
    noticed_at = models.DateTimeField(help_text="When the register noticed it.")
    state = models.CharField(max_length=12, choices=PingState, default=PingState.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    first_attempt_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(help_text="When it is sent, or sent again.")
    leased_until = models.DateTimeField(null=True, help_text="Until then it is in the hands of one worker.")
    last_status = models.PositiveSmallIntegerField(null=True, help_text="What the endpoint answered last.")
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


explains("pingendpoint_once", rule="endpoint-once", detail="The partner has this endpoint already.", pointer="/url")
explains("pingendpoint_is_a_url", rule="endpoint-url", detail="An endpoint is an https:// URL.", pointer="/url")
explains(
    "pingendpoint_says_why_it_is_disabled",
    rule="endpoint-reason",
    detail="An endpoint is disabled with a reason, and enabled without one.",
)
explains(
    "partner_is_organization_or_country",
    rule="organization-or-country",
    detail="A partner is an organization or a country: name one of the two.",
    pointer="/organization",
)
explains("partner_has_a_name", rule="name", detail="A partner needs a name.", pointer="/name")
explains("release_has_two_people", rule="second-person", detail="Whoever proposed a release does not approve it.")
explains("release_is_approved_by_somebody", rule="second-person", detail="A release is approved by somebody.")
explains("release_names_a_record_once", rule="record-once", detail="A record is named twice.", pointer="/records")

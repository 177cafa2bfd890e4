"""Partners and their releases, secrets and tokens (of which only digests are stored), progress, and ping endpoints."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from sgoffice.directory.models import Country, Organization
from sgoffice.partners.vocabulary import PingState, ReleaseCondition, ReleaseState
from sgoffice.records.actors import Permission
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import Entry, Marking, Part, Record
from sgoffice.records.triggers import Rule, Scribe


class Partner(Record):
    """An organization or a country whose system pulls records from the register."""

    is_embedded = True
    write_permission = Permission.ADMINISTER

    name = models.CharField(max_length=200, help_text="Name of the partner.")
    slug = models.SlugField(max_length=60, unique=True, help_text="Its client_id; it cannot be changed.")
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="partners",
        help_text="The organization whose system it is.",
    )
    country = models.ForeignKey(
        Country,
        models.PROTECT,
        to_field="code",
        db_column="country",
        null=True,
        blank=True,
        related_name="partners",
        help_text="Or the country whose system it is, by code.",
    )
    kinds = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="The kinds of records it may get."
    )
    is_active = models.BooleanField(
        default=True, help_text="If not, it gets no records and its credentials are refused."
    )
    contact = models.CharField(max_length=500, blank=True, help_text="Contact for its system.")

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
        """Whether its credentials are accepted."""
        return self.is_active and self.is_live

    def __str__(self) -> str:
        return self.name


class Release(Record):
    """Grants a partner records that are not public: a list, or all that meet a condition."""

    partner = models.ForeignKey(
        Partner, models.PROTECT, related_name="releases", help_text="The partner that gets the records."
    )
    condition = models.CharField(
        max_length=20,
        choices=ReleaseCondition,
        default=ReleaseCondition.LISTED,
        help_text="Which records are released.",
    )
    kind = models.CharField(max_length=40, blank=True, help_text="The kind of records of a standing rule.")
    purpose = models.CharField(max_length=2000, blank=True, help_text="Purpose of the release, for the approver.")
    state = models.CharField(
        max_length=12, choices=ReleaseState, default=ReleaseState.PROPOSED, help_text="State of the release."
    )
    proposed_by = models.CharField(max_length=64, help_text="The id of the user who proposed it.")
    approved_by = models.CharField(max_length=64, blank=True, help_text="The id of the user who approved it.")

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
        triggers: ClassVar = [
            *Record.Meta.triggers,
            Rule(
                name="release_is_approved_by_two",
                on=pgtrigger.Insert | pgtrigger.Update,
                body="""
                    IF NEW.state <> 'approved' OR (TG_OP = 'UPDATE' AND OLD.state = 'approved')
                        OR register_is_carried_out('release', NEW.id) THEN
                        RETURN NULL;
                    END IF;
                    RAISE EXCEPTION 'release % takes effect by one person alone', NEW.id
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'release_is_approved_by_two';
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_condition_display()} to {self.partner}"


class ReleasedRecord(Part):
    """A record on the list of a release. A withdrawal is final: the record needs another release."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="records")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", help_text="The record.")
    marking = models.CharField(max_length=12, choices=Marking, blank=True, help_text="Its marking at approval.")
    is_withdrawn = models.BooleanField(default=False, help_text="Whether it was withdrawn from the release.")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="release")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "entry"], name="release_names_a_record_once")
        ]

    def __str__(self) -> str:
        return str(self.entry_id)


class PartnerSecret(models.Model):
    """A client secret of a partner. At most two are valid at a time, so that one can replace the other."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="secrets")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret.")
    hint = models.CharField(max_length=8, help_text="Its last characters, to tell secrets apart.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="It is refused from this instant on.")
    last_used_at = models.DateTimeField(null=True, help_text="When it was last exchanged for a token.")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"…{self.hint} of {self.partner}"


class PartnerToken(models.Model):
    """A short-lived opaque token, of which only the digest is stored. It expires with its secret."""

    digest = models.BinaryField(primary_key=True, help_text="SHA-256 of the token.")
    secret = models.ForeignKey(PartnerSecret, models.CASCADE, related_name="tokens")
    expires_at = models.DateTimeField(db_index=True)


class Pull(models.Model):
    """How far a partner has pulled, according to its cursors, and how often it was refused."""

    partner = models.OneToOneField(Partner, models.CASCADE, primary_key=True, related_name="pull")
    position = models.BigIntegerField(default=0, help_text="Position of its last cursor.")
    pulled_at = models.DateTimeField(null=True, help_text="When it last requested changes or a snapshot.")
    refused = models.PositiveBigIntegerField(default=0, help_text="Number of refused token requests.")
    refused_at = models.DateTimeField(null=True)


class PingEndpoint(Part):
    """A URL of a partner that is notified when its stream advances."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="ping_endpoints")
    url = models.CharField(max_length=500, help_text="Where pings are sent.")
    is_active = models.BooleanField(default=True, help_text="Whether it gets pings.")
    disabled_because = models.CharField(max_length=500, blank=True, help_text="Why it is disabled.")

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
explains(
    "partner_is_organization_or_country",
    rule="organization-or-country",
    detail="A partner must be either an organization or a country.",
    pointer="/organization",
)
explains("partner_has_a_name", rule="name", detail="A partner needs a name.", pointer="/name")
explains(
    "release_has_two_people",
    rule="second-person",
    detail="You cannot approve a release that you proposed. Ask a colleague.",
)
explains("release_is_approved_by_somebody", rule="second-person", detail="An approved release needs an approver.")
explains(
    "release_is_approved_by_two",
    rule="second-person",
    detail="A release takes effect once a second person approved it: see the queue of approvals.",
)
explains("release_names_a_record_once", rule="record-once", detail="A record is listed twice.", pointer="/records")

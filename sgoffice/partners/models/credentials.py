"""Secrets and tokens of partners, of which only digests are stored; how far each has pulled; refused requests."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from sgoffice.partners.models.partners import Partner
from sgoffice.records.identifiers import uuid7


class PartnerSecret(models.Model):
    """A client secret of a partner, or a public key with which it signs in instead.

    At most two are valid at a time, so that one can replace the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="secrets")
    digest = models.BinaryField(unique=True, editable=False, help_text="SHA-256 of the secret.")
    hint = models.CharField(max_length=8, help_text="Its last characters, to tell secrets apart.")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text="It is refused from this instant on.")
    last_used_at = models.DateTimeField(null=True, help_text="When it was last exchanged for a token.")
    revoked_at = models.DateTimeField(null=True)
    jwk = models.JSONField(null=True, help_text="The public key (RFC 7517); a secret has none.")
    issued_by = models.CharField(
        max_length=80, blank=True, db_default="", help_text="Who issued it: the partner itself, or staff."
    )

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"…{self.hint} of {self.partner}"

    @property
    def is_own(self) -> bool:
        """Whether the partner issued it by itself."""
        return self.issued_by == f"partner:{self.partner_id}"


class PartnerToken(models.Model):
    """A short-lived opaque token, of which only the digest is stored. It expires with its secret."""

    digest = models.BinaryField(primary_key=True, help_text="SHA-256 of the token.")
    secret = models.ForeignKey(PartnerSecret, models.CASCADE, related_name="tokens")
    expires_at = models.DateTimeField(db_index=True)
    kinds = ArrayField(
        models.CharField(max_length=40),
        null=True,
        help_text="The kinds that it was asked for; empty: all.",
    )


class UsedAssertion(models.Model):
    """An assertion that a partner signed in with: it does so once."""

    digest = models.BinaryField(primary_key=True, help_text="SHA-256 of client and `jti`.")
    expires_at = models.DateTimeField(db_index=True)


class Pull(models.Model):
    """How far a partner has pulled, according to its cursors, and how often it was refused."""

    partner = models.OneToOneField(Partner, models.CASCADE, primary_key=True, related_name="pull")
    position = models.BigIntegerField(default=0, help_text="Position of its last cursor.")
    pulled_at = models.DateTimeField(null=True, help_text="When it last requested changes or a snapshot.")
    snapshot = models.UUIDField(null=True, help_text="The snapshot that is being made, if any.")
    snapshot_until = models.DateTimeField(null=True, help_text="Until then no other one is begun.")
    #: Before 0.3; `RefusedSignIn` counts since.
    refused = models.PositiveBigIntegerField(default=0, help_text="Number of refused token requests.")
    refused_at = models.DateTimeField(null=True)


class RefusedSignIn(models.Model):
    """How often a client_id was refused, whether there is such a partner or not: the same work for either."""

    client = models.BinaryField(primary_key=True, help_text="SHA-256 of the client_id that was sent.")
    count = models.PositiveBigIntegerField(default=1)
    refused_at = models.DateTimeField(db_index=True)

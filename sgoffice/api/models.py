"""IdempotentRequest: that a request was carried out, and on which record. Bodies are never stored."""

from typing import ClassVar

from django.db import models


class IdempotentRequest(models.Model):
    """A completed request with an Idempotency-Key; stored in the transaction of its effect."""

    id = models.BigAutoField(primary_key=True)
    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    fingerprint = models.BinaryField(help_text="SHA-256 over method, path and body.")
    status = models.PositiveSmallIntegerField(null=True)
    record_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="idempotent_request_once")]
        indexes: ClassVar = [models.Index(fields=["at"], name="idempotent_request_by_age")]

    def __str__(self) -> str:
        return f"{self.actor} {self.key}"

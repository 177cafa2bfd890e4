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


class Guess(models.Model):
    """Attempts at passwords or secrets under one key (`guesses.py`), and until when the next one waits."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField()
    counted_at = models.DateTimeField()
    waits_until = models.DateTimeField()


class Rate(models.Model):
    """Requests of one actor or address in one minute, added up over all processes (`throttling.py`)."""

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=120)
    minute = models.BigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "minute"], name="rate_once")]

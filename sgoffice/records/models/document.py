"""Stored documents: the bytes that readers get for each record. Derived, so without history."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models


class Document(models.Model):
    """The current staff document of a record."""

    record_id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    version = models.PositiveIntegerField()
    renderer = models.PositiveSmallIntegerField()
    is_stale = models.BooleanField(default=False)
    digest = models.TextField()
    embeds = ArrayField(models.UUIDField(), help_text="The records whose names it shows.")
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["embeds"], name="document_embeds"),
            models.Index(fields=["record_id"], condition=models.Q(is_stale=True), name="document_stale"),
        ]


class DocumentVersion(models.Model):
    """The document of a record from an instant on: what the office knew then."""

    id = models.BigAutoField(primary_key=True)
    record_id = models.UUIDField()
    version = models.PositiveIntegerField()
    known_from = models.DateTimeField()
    body = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["record_id", "known_from"], name="documentversion_known")]

"""What partners may get (Published, Grant), and when it changed (Stream, StreamRow).

The database assigns positions at COMMIT (stream_rows.sql). Everything here is derived from the register.
"""

import hashlib
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


def digest_of(body: bytes) -> str:
    """Return the digest of a document: the first 16 hexadecimal digits of SHA-256 of its bytes."""
    return hashlib.sha256(body).hexdigest()[:16]


class Published(models.Model):
    """The partner document of a record, or its tombstone. The row stays forever."""

    entry = models.UUIDField(primary_key=True)
    kind = models.TextField()
    schema = models.PositiveSmallIntegerField(help_text="The version of the document format of this kind.")
    renderer = models.PositiveSmallIntegerField(default=1, help_text="The version of the rendering.")
    op = models.TextField(help_text="upsert, withdrawn or merged.")
    into = models.UUIDField(null=True, help_text="The record that it was merged into.")
    is_stale = models.BooleanField(default=False, help_text="Written outside the door: hidden until it is built again.")
    names = ArrayField(
        models.UUIDField(), help_text="The organizations and countries because of which it may be granted."
    )
    lists = ArrayField(models.TextField(), help_text="The members with references to other records.")
    digest = models.TextField(help_text="digest_of(body).")
    lead = models.BinaryField(
        help_text="The members that each of its lines begins with: kind, id, reference and schema."
    )
    body = models.BinaryField(help_text="The document with empty lists of references.")
    lists_at = models.PositiveIntegerField(
        null=True, help_text="Number of bytes before its lists, if it has references."
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind"], name="published_kind"),
            models.Index(fields=["entry"], condition=models.Q(is_stale=True), name="published_stale"),
        ]


class PublishedReference(models.Model):
    """A mention of another record in a document; partners who may not have that record do not get it."""

    id = models.BigAutoField(primary_key=True)
    source = models.UUIDField()
    member = models.TextField(help_text="The list of the document that contains it.")
    target = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "member", "place"], name="publishedreference_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["target"], name="publishedreference_target")]


class Grant(models.Model):
    """Allows a stream to carry a record. Partners read nothing without it."""

    id = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "stream"], name="grant_once")]
        indexes: ClassVar = [models.Index(fields=["stream", "entry"], name="grant_of_stream")]


class Stream(models.Model):
    """The last position of a partner's stream. Written only by the database."""

    id = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()


class StreamRow(models.Model):
    """A record in a stream, at the position of its last change there. Written only by the database."""

    id = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    position = models.BigIntegerField()
    entry = models.UUIDField()
    op = models.TextField()
    into = models.UUIDField(null=True, help_text="With `merged`: the record that the stream was told it became.")
    changed_at = models.TextField(help_text="The instant as its line shows it: RFC 3339, UTC, microseconds.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "position"], name="streamrow_one_position"),
            models.UniqueConstraint(fields=["entry", "stream"], name="streamrow_one_record"),
        ]


class Pending(models.Model):
    """A change that the COMMIT of this transaction will add to streams. Rows never outlive their transaction."""

    id = models.BigAutoField(primary_key=True)
    entry = models.UUIDField()
    stream = models.UUIDField(null=True, help_text="The stream whose grant changed; empty: all that carry the record.")
    target = models.UUIDField(null=True, help_text="Only for streams that carry this mentioned record.")


class PendingCommit(models.Model):
    """One row for each transaction that touches the feed; its deferred trigger assigns the positions at COMMIT."""

    id = models.BigAutoField(primary_key=True)


class Epoch(models.Model):
    """Identifies this lifetime of the register: cursors from another one are refused."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    epoch = models.UUIDField()

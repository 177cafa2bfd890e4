"""What may be given to partners (Published, Grant) and the thin rows that say when it changed (Stream, StreamRow).

Positions are assigned by the database at COMMIT (triggers.sql). All of it is derived from the register.
"""

import hashlib
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


def digest_of(body: bytes) -> str:
    """Return the digest of a document: the first 16 hexadecimal digits of SHA-256 of its bytes."""
    return hashlib.sha256(body).hexdigest()[:16]


class Published(models.Model):
    """The partners' document of a record, or what became of it. Its row stays for ever."""

    entry = models.UUIDField(primary_key=True)
    kind = models.TextField()
    schema = models.PositiveSmallIntegerField(help_text="The version of the kind's document.")
    op = models.TextField(help_text="upsert, withdrawn or merged.")
    into = models.UUIDField(null=True, help_text="The record that took its place.")
    is_stale = models.BooleanField(default=False, help_text="Written outside the door: not shown until built again.")
    names = ArrayField(
        models.UUIDField(), help_text="The organizations and countries on whose account it may be given."
    )
    lists = ArrayField(models.TextField(), help_text="The members that hold references to other records.")
    digest = models.TextField(help_text="digest_of() its body.")
    lead = models.BinaryField(help_text="What every line of it says: kind, id, reference and schema, as members.")
    body = models.BinaryField(help_text="The document with empty lists of references.")
    lists_at = models.PositiveIntegerField(null=True, help_text="Bytes before its lists, if it has references.")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind"], name="published_kind"),
            models.Index(fields=["entry"], condition=models.Q(is_stale=True), name="published_stale"),
        ]


class PublishedReference(models.Model):
    """A mention of another record in a document; a partner who may not have that record does not get it."""

    id = models.BigAutoField(primary_key=True)
    source = models.UUIDField()
    member = models.TextField(help_text="The list of the document in which it stands.")
    target = models.UUIDField()
    place = models.PositiveSmallIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "member", "place"], name="publishedreference_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["target"], name="publishedreference_target")]


class Grant(models.Model):
    """That a stream may carry a record. Nothing is read by a partner without it."""

    id = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "stream"], name="grant_once")]
        indexes: ClassVar = [models.Index(fields=["stream", "entry"], name="grant_of_stream")]


class Stream(models.Model):
    """How far the stream of a partner has come. Made and moved by the database alone."""

    id = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()


class StreamRow(models.Model):
    """A record in a stream, at the position of its last change there. Written by the database alone."""

    id = models.BigAutoField(primary_key=True)
    stream = models.UUIDField()
    position = models.BigIntegerField()
    entry = models.UUIDField()
    op = models.TextField()
    changed_at = models.TextField(help_text="The instant as its line has it: RFC 3339, UTC, microseconds.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "position"], name="streamrow_one_position"),
            models.UniqueConstraint(fields=["entry", "stream"], name="streamrow_one_record"),
        ]


class Pending(models.Model):
    """What a transaction has touched and its COMMIT will tell: no row outlives its transaction."""

    id = models.BigAutoField(primary_key=True)
    entry = models.UUIDField()
    stream = models.UUIDField(null=True, help_text="The stream whose grant changed; none: all that carry the record.")
    target = models.UUIDField(null=True, help_text="Only for streams that carry this record, which is mentioned.")


class Turn(models.Model):
    """One row for each transaction that touches the feed, whose deferred trigger tells it. Gone at COMMIT."""

    id = models.BigAutoField(primary_key=True)


class Epoch(models.Model):
    """Which life of the register this is: a cursor from another one is refused."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    epoch = models.UUIDField()

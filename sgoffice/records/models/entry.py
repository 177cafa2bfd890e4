"""Entry, one row for each record of any kind, and Link, how records of any two kinds hang together."""

from typing import ClassVar

from django.db import models

from sgoffice.records.models.record import Marking, Part
from sgoffice.records.querysets import EntryQuerySet
from sgoffice.records.triggers import Scribe


class Entry(models.Model):
    """What all records have, whatever their kind. Written by the database alone (triggers.sql)."""

    id = models.UUIDField(primary_key=True)
    kind = models.TextField()
    reference = models.TextField(null=True, unique=True)
    origin = models.TextField(null=True, unique=True)
    marking = models.TextField(choices=Marking)
    is_in_error = models.BooleanField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    entered_by = models.TextField()
    readers = models.JSONField()
    version = models.PositiveIntegerField()
    touched_by = models.TextField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "id"], name="entry_by_kind")]


class Link(Part):
    """A relation from one record to another. Part of its source, which looks down at its target or beside."""

    source = models.ForeignKey(Entry, models.PROTECT, related_name="links")
    relation = models.CharField(max_length=40)
    target = models.ForeignKey(Entry, models.PROTECT, related_name="linked_from")
    places = models.JSONField(default=list, blank=True, help_text="What of the target it is about: its articles.")

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="source")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "relation", "target"], name="link_is_made_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_joins_two_records"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"

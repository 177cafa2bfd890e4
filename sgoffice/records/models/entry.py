"""Entry, the identity row of each record of any kind, and Link, a relation between any two records."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models

from sgoffice.records import sightings
from sgoffice.records.constraints import explains
from sgoffice.records.markings import Marking
from sgoffice.records.models.record import Part
from sgoffice.records.querysets import EntryQuerySet
from sgoffice.records.triggers import Rule, Scribe


class Entry(models.Model):
    """What records of all kinds have in common. Written only by the database (history/triggers.sql)."""

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

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Return the row that was loaded; if it is restricted, the trace of the request names it."""
        made = super().from_db(*args, **kwargs)
        if made.__dict__.get("marking") == Marking.RESTRICTED:
            sightings.note([made.pk])
        return made

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "id"], name="entry_by_kind")]
        triggers: ClassVar = [
            Rule(
                name="entry_is_merged_into_a_survivor",
                on=pgtrigger.Insert | pgtrigger.Update,
                body="""
                    IF NEW.merged_into_id IS NULL THEN RETURN NULL; END IF;
                    PERFORM 1 FROM records_entry WHERE id = NEW.merged_into_id FOR NO KEY UPDATE;
                    IF NEW.merged_into_id = NEW.id
                        OR EXISTS (SELECT FROM records_entry WHERE merged_into_id = NEW.id)
                        OR NOT EXISTS (SELECT FROM records_entry
                                       WHERE id = NEW.merged_into_id AND kind = NEW.kind AND merged_into_id IS NULL)
                    THEN
                        RAISE EXCEPTION 'record % is merged into one that does not stand for itself', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_is_merged_into_a_survivor';
                    END IF;
                """,
            )
        ]


class Link(Part):
    """A relation from one record to another. It is a part of its source."""

    source = models.ForeignKey(Entry, models.PROTECT, related_name="links")
    relation = models.CharField(max_length=40)
    target = models.ForeignKey(Entry, models.PROTECT, related_name="linked_from")
    places = models.JSONField(
        default=list, blank=True, help_text="Parts of the target that it concerns, such as articles."
    )

    class Meta(Part.Meta):
        triggers: ClassVar = [Scribe(of="source")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "relation", "target"], name="link_is_made_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="link_joins_two_records"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"


explains(
    "entry_is_merged_into_a_survivor",
    rule="merge-live",
    detail="A record cannot be merged into itself, or into a record that was itself merged.",
    pointer="/other",
)


explains("link_is_made_once", rule="link-once", detail="The two records are tied in this way already.")
explains("link_joins_two_records", rule="link-to-itself", detail="A record is tied to another one, never to itself.")
explains(
    "marked_record_has_a_reference",
    rule="reference-kept",
    detail="A record with a marking keeps the reference that it was entered under.",
)

"""Record and MarkedRecord, what the register knows, and Part, a row without a life outside its record."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models

from sgoffice.records import guard
from sgoffice.records.actors import Permission
from sgoffice.records.identifiers import uuid7
from sgoffice.records.querysets import GuardedQuerySet, RecordQuerySet
from sgoffice.records.triggers import Scribe, kind_of


class Marking(models.TextChoices):
    """Who may see a record, from all to few."""

    PUBLIC = "public", "Public"
    INTERNAL = "internal", "Internal"
    RESTRICTED = "restricted", "Restricted"


class RegisterRow(models.Model):
    """A row that is written inside change() only, and of which the database keeps the history."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def record_id(self) -> UUID:
        """The id of the record that this row belongs to, by the field that its Scribe names."""
        options: Any = self._meta
        scribe = next(trigger for trigger in options.triggers if isinstance(trigger, Scribe))
        return getattr(self, options.get_field(scribe.of).attname)

    def _save_table(self, *args: Any, **kwargs: Any) -> bool:
        """Write the row, for save() and for fixtures, which pass save() by; inside change() of its record only."""
        guard.require_open(self.record_id, self)
        return super()._save_table(*args, **kwargs)  # type: ignore[misc] # django-stubs leave it out

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row; inside change() of its record only."""
        guard.require_open(self.record_id, self)
        return super().delete(*args, **kwargs)


class Record(RegisterRow):
    """A thing that the register knows, with the sources of what it says."""

    #: The one word for this kind of record in API, entries and history; made from the name of the class.
    record_kind: ClassVar[str] = ""
    #: Whether records of this kind carry a marking.
    is_marked: ClassVar[bool] = False
    #: Whether documents of other records show this one's name.
    is_embedded: ClassVar[bool] = False
    #: What is needed to enter or change records of this kind.
    write_permission: ClassVar[Permission] = Permission.WRITE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    is_in_error = models.BooleanField(
        default=False, editable=False, help_text="Entered in error: off lists and counts, kept for history."
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The record that took this one's place.",
    )
    merged_into_id: UUID | None
    origin = models.CharField(
        max_length=120,
        blank=True,
        editable=False,
        help_text="Where an imported record came from, so that importing twice changes nothing.",
    )
    sources = models.JSONField(default=list, blank=True, help_text="What supports this record.")
    caveats = models.JSONField(default=list, blank=True, help_text="What a reader must know before relying on it.")
    notes = models.JSONField(
        default=list, blank=True, help_text="What else is known, each under its heading, in the words of the source."
    )
    conflicts = models.JSONField(default=list, blank=True, help_text="What another source says differently.")

    objects = RecordQuerySet.as_manager()  # type: ignore[misc] # a manager of Any model
    #: The version that was read; set by change() and by rendering, kept in Entry.
    version: int = 0
    #: The records that were merged into this one; set by rendering.
    merged_from: Sequence["Record"] = ()

    class Meta:
        abstract = True
        triggers: ClassVar = [Scribe(of="id")]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.record_kind = kind_of(cls.__name__)

    @property
    def is_live(self) -> bool:
        """Neither entered in error nor merged into another record."""
        return not self.is_in_error and self.merged_into_id is None

    @property
    def survivor(self) -> Self:
        """The record that stands for this one: the one that it was merged into, or itself."""
        survivor: Any = self.merged_into
        return self if survivor is None else survivor

    def merge_refusal(self, other: Any) -> str:
        """Return why another record of the kind cannot be merged into this one, beyond what holds for every kind."""
        return ""

    def refresh_merged(self) -> None:
        """Bring what is derived from the records that were merged into this one up to date; most derive nothing."""


class MarkedRecord(Record):
    """A record with a marking, a reference that people can say, and the one who entered it."""

    is_marked = True
    #: The first part of a reference: SG, AGR, APT ...
    reference_prefix: ClassVar[str] = ""

    reference = models.CharField(max_length=24, unique=True, editable=False)
    marking = models.CharField(
        max_length=12, choices=Marking, default=Marking.INTERNAL, help_text="Who may see this record."
    )
    readers = models.JSONField(
        default=list, blank=True, help_text="Ids of the users who may read it although it is restricted."
    )
    entered_by = models.CharField(max_length=64, editable=False)

    class Meta(Record.Meta):
        abstract = True

    def reference_year(self) -> int | None:
        """Return the record's own year for its reference; None stands for the year of entry."""
        return None

    def __str__(self) -> str:
        return self.reference


class Part(RegisterRow):
    """A row that has no life outside its record. Its Meta says `triggers = [Scribe(of="<foreign key>")]`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position"]


def year_of(day: date | None) -> int | None:
    """Return the year of a day that may be unknown."""
    return day.year if day else None

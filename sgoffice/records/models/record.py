"""Record and MarkedRecord, the bases of all records, and Part, a row that belongs to one record."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self, cast
from uuid import UUID

from django.apps import apps
from django.db import models

from sgoffice.records import guard, sightings
from sgoffice.records.actors import Permission
from sgoffice.records.identifiers import uuid7
from sgoffice.records.markings import Marking
from sgoffice.records.querysets import GuardedManager, RecordManager, RecordQuerySet
from sgoffice.records.triggers import Rule, Scribe, kind_of, scribes_of


class RegisterRow(models.Model):
    """A row that is written only inside change() and whose history the database keeps."""

    objects: ClassVar[GuardedManager[Self]] = GuardedManager()

    class Meta:
        abstract = True

    @property
    def is_new(self) -> bool:
        """Whether it was never stored: nothing belongs to it yet."""
        return self._state.adding

    @property
    def record_id(self) -> UUID:
        """The id of the record that this row belongs to, by the field that its Scribe names."""
        options: Any = self._meta
        [scribe] = scribes_of(type(self))  # checks.py: there is one
        return getattr(self, options.get_field(scribe.of).attname)

    def _save_table(self, *args: Any, **kwargs: Any) -> bool:
        """Write the row inside change() of its record; guards fixtures too, which bypass save()."""
        guard.require_open(self.record_id, self)
        return super()._save_table(*args, **kwargs)  # type: ignore[misc] # django-stubs leave it out

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        guard.require_open(self.record_id, self)
        return super().delete(*args, **kwargs)


class Record(RegisterRow):
    """A thing that the register knows, with the sources behind it."""

    #: The word for this kind in API, identity rows and history; derived from the name of the class.
    record_kind: ClassVar[str] = ""
    #: Whether records of this kind carry a marking.
    is_marked: ClassVar[bool] = False
    #: Whether documents of other records show its name.
    is_embedded: ClassVar[bool] = False
    #: Whether who may read it follows from the records that show its name; the identity row then says who.
    readers_follow: ClassVar[bool] = False
    #: Whether marking one as entered in error, or merging two, wants a second person (decision 20).
    leaves_by_two: ClassVar[bool] = False
    #: Whether restoring one does, too.
    returns_by_two: ClassVar[bool] = False
    #: Whether its records come along when the whole register is taken elsewhere (sgoffice/archives/).
    travels: ClassVar[bool] = True
    #: The permission to enter or change records of this kind.
    write_permission: ClassVar[Permission] = Permission.WRITE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    is_in_error = models.BooleanField(
        default=False, editable=False, help_text="Entered in error: not listed or counted, kept for history."
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="The record that this one was merged into.",
    )
    merged_into_id: UUID | None
    origin = models.CharField(
        max_length=120,
        blank=True,
        editable=False,
        help_text="Where an imported record came from, so that importing it again changes nothing.",
    )
    sources = models.JSONField(default=list, blank=True, help_text="The sources that support this record.")
    caveats = models.JSONField(default=list, blank=True, help_text="What a reader must know before relying on it.")
    notes = models.JSONField(
        default=list,
        blank=True,
        help_text="Further information under headings, in the words of the source.",
    )
    conflicts = models.JSONField(default=list, blank=True, help_text="What other sources state differently.")

    objects: ClassVar[RecordManager[Self]] = RecordManager()
    #: The version that was read; stored in Entry, set here by change() and by rendering.
    version: int = 0
    #: The records that were merged into this one; set by rendering.
    merged_from: Sequence["Record"] = ()

    class Meta:
        abstract = True
        triggers: ClassVar[list[Scribe | Rule]] = [Scribe(of="id")]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.record_kind = kind_of(cls.__name__)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Return the row that was loaded; if it is restricted, the trace of the request names it.

        Whether one is whose readers follow from others, its identity row says: that is asked when the trace is written.
        """
        made = super().from_db(*args, **kwargs)
        if cls.readers_follow or made.__dict__.get("marking") == Marking.RESTRICTED:
            sightings.note([made.pk])
        return made

    @classmethod
    def rows(cls) -> RecordQuerySet[Self]:
        """Return all rows of this kind; the same as `objects.all()`, typed for a model that is a variable."""
        return cast("RecordQuerySet[Self]", cls.objects.all())

    @property
    def is_live(self) -> bool:
        """Whether it is neither entered in error nor merged into another record."""
        return not self.is_in_error and self.merged_into_id is None

    @property
    def identity(self) -> Any:
        """Return its identity row, as it is now."""
        return apps.get_model("records", "Entry")._default_manager.get(pk=self.pk)

    @property
    def survivor(self) -> Self:
        """The record that this one was merged into, or itself."""
        return cast("Self", self.merged_into or self)

    def hide(self) -> None:
        """Hide it from all but the readers of restricted records that name it; only what has readers by that can be."""
        raise TypeError(self.record_kind)

    def merge_refusal(self, other: Any) -> str:
        """Return why another record of this kind cannot be merged into this one; empty if it can."""
        return ""

    def refresh_merged(self) -> None:
        """Update what this record derives from the records merged into it; most kinds derive nothing."""


class MarkedRecord(Record):
    """A record with a marking, a short reference, and the member of staff who entered it."""

    is_marked = True
    #: The first part of the reference: SG, AGR, APT ...
    reference_prefix: ClassVar[str] = ""

    reference = models.CharField(max_length=24, unique=True, editable=False)
    marking = models.CharField(
        max_length=12, choices=Marking, default=Marking.INTERNAL, help_text="Who may see this record."
    )
    readers = models.JSONField(
        default=list, blank=True, help_text="Ids of the users who may read it if it is restricted."
    )
    entered_by = models.CharField(max_length=64, editable=False)

    class Meta(Record.Meta):
        abstract = True

    def reference_year(self) -> int | None:
        """Return the year for its reference; None means the year of entry."""
        return None

    def __str__(self) -> str:
        return self.reference


class Part(RegisterRow):
    """A row that exists only as part of a record. Its Meta has `triggers = [Scribe(of="<foreign key>")]`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["position"]


def year_of(day: date | None) -> int | None:
    return day.year if day else None

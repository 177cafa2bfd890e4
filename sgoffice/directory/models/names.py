"""What everything in the directory has: a name, other names, and a folded text to search and sort by."""

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from sgoffice.directory.querysets import NamedManager
from sgoffice.directory.rules import search_text, sort_key
from sgoffice.records.models import Record
from sgoffice.records.triggers import Scribe


class NamedRecord(Record):
    """A record of the directory. `refresh_search()` follows every change of a name, in the same service."""

    is_embedded = True

    name = models.CharField(max_length=300, help_text="The name that documents show.")
    other_names = models.JSONField(
        default=list,
        blank=True,
        help_text="Other names: [{name, note, language, until}]; former ones, other spellings, other scripts.",
    )
    merged_names = models.JSONField(
        default=list, editable=False, help_text="The names of the records that were merged into this one."
    )
    search = models.TextField(editable=False, default="")
    sort = models.CharField(max_length=200, editable=False, default="", db_collation="C")

    objects: ClassVar[NamedManager[Self]] = NamedManager()

    class Meta(Record.Meta):
        abstract = True
        triggers: ClassVar = [Scribe(of="id", omit=("merged_names", "search", "sort"))]
        indexes: ClassVar = [
            GinIndex(OpClass("search", name="gin_trgm_ops"), name="%(class)s_search"),
            models.Index(fields=["sort", "id"], name="%(class)s_sort"),
        ]

    def full_names(self) -> list[str]:
        """Return every name that is this record's own, written out."""
        return [self.name, *(item["name"] for item in self.other_names)]

    def all_names(self) -> list[str]:
        """Return every name under which the record can be found, those of what was merged into it included."""
        return [*self.full_names(), *self.merged_names]

    def refresh_merged(self) -> None:
        """Bring the names of what was merged into it up to date."""
        merged = type(self)._default_manager.filter(merged_into=self.pk).order_by("pk")
        self.merged_names = list(dict.fromkeys(name for one in merged for name in one.full_names()))
        self.refresh_search()

    def refresh_search(self) -> None:
        """Bring the folded texts up to date with the names."""
        self.search = search_text(*self.all_names())
        self.sort = sort_key(self.sorted_by())

    def sorted_by(self) -> str:
        """Return the name by which lists are in order."""
        return self.name

    def __str__(self) -> str:
        return self.name

"""What everything in the directory has: a name, other names, and a folded text to search and sort by."""

from typing import ClassVar, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from sgoffice.directory.querysets import NamedManager
from sgoffice.directory.rules import search_text, sort_key
from sgoffice.records.constraints import explains
from sgoffice.records.markings import Marking
from sgoffice.records.models import Entry, Record
from sgoffice.records.triggers import Rule, Scribe


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

    def handed_on(self) -> list[str]:
        """Return the names that lead to the survivor once this record is merged."""
        return self.full_names()

    def all_names(self) -> list[str]:
        """Return every name under which the record can be found, those of what was merged into it included."""
        return [*self.full_names(), *self.merged_names]

    def refresh_merged(self) -> None:
        """Bring the names of what was merged into it up to date, but for what is hidden: it may be opened one day."""
        hidden = Entry.objects.filter(merged_into=self.pk, marking=Marking.RESTRICTED)
        merged = type(self)._default_manager.filter(merged_into=self.pk).exclude(pk__in=hidden.values("pk"))
        self.merged_names = list(dict.fromkeys(name for one in merged.order_by("pk") for name in one.handed_on()))
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


class FollowingRecord(NamedRecord):
    """A person or an organization: read by whoever may read a record that shows their name, and by their author.

    The marking is their own: internal, so that all staff reads them; restricted, if they were entered with a restricted
    record; empty, if with another one. What the identity row says follows from all of that (directory/readers.sql).
    """

    readers_follow = True
    leaves_by_two = True

    own_marking = models.CharField(
        max_length=12,
        choices=Marking,
        blank=True,
        editable=False,
        default=Marking.INTERNAL,
        db_default=Marking.INTERNAL,
        help_text="Who may see it besides those who may read a record that shows its name.",
    )
    own_author = models.CharField(
        max_length=64,
        editable=False,
        default="",
        db_default="",
        help_text="Who entered it with a record that names it.",
    )

    def hide(self) -> None:
        """Hide it from all but the readers of restricted records that name it: nobody is its author any more."""
        self.own_marking, self.own_author = Marking.RESTRICTED, ""

    class Meta(NamedRecord.Meta):
        abstract = True
        triggers: ClassVar = [
            *NamedRecord.Meta.triggers,
            Rule(
                name="own_marking_is_never_lowered",
                on=pgtrigger.Update,
                body="""
                    IF OLD.own_marking IS DISTINCT FROM NEW.own_marking AND NEW.own_marking <> 'restricted'
                        AND OLD.own_marking IN ('', 'restricted') AND NOT register_is_by_operator(NEW.id) THEN
                        RAISE EXCEPTION '% is opened on its own', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'own_marking_is_never_lowered';
                    END IF;
                """,
            ),
            Rule(
                name="named_record_leaves_by_two",
                on=pgtrigger.Update,
                body="""
                    IF register_is_by_operator(NEW.id) THEN RETURN NULL; END IF;
                    IF (NEW.is_in_error AND NOT OLD.is_in_error
                            AND NOT register_is_carried_out('enter_in_error', NEW.id) AND directory_is_shown(NEW.id))
                        OR (NEW.merged_into_id IS NOT NULL AND NEW.merged_into_id IS DISTINCT FROM OLD.merged_into_id
                            AND NOT directory_merge_is_carried_out(NEW.id, OLD.merged_into_id, NEW.merged_into_id)) THEN
                        RAISE EXCEPTION '% is taken off the lists by one person alone', NEW.id
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'named_record_leaves_by_two';
                    END IF;
                """,
            ),
        ]


explains(
    "own_marking_is_never_lowered",
    rule="own-marking",
    detail="Who was entered with a restricted record is opened by a record that names them and is read by more.",
)
explains(
    "named_record_leaves_by_two",
    rule="second-person",
    detail="Who is named leaves the lists, or is merged, only once a second person approved it: propose it.",
    basis="What takes somebody off the lists needs two people",
)

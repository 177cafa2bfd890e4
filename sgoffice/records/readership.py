"""Who may read a record, as a value: what a record stores or tells of another one is read by all readers of the first.

`RecordQuerySet.readable_by_readers_of()` asks it of rows, `Readership.includes()` of one record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Q

from sgoffice.records.markings import Marking, is_narrower, wider_than


@dataclass(frozen=True)
class Readership:
    """Who may read a record: those whom its marking lets; of a restricted one, besides the approvers, those named.

    Its author is one of them only while the author may enter records; named readers are so in any role. An author of
    one record who is a named reader of another may therefore read the second alone, after a change of role. Where
    readers follow from several records, the ids of several authors stand one behind the other.
    """

    marking: str
    named: frozenset[str] = frozenset()
    author: str = ""

    @classmethod
    def of(cls, record: Any) -> Self:
        """Return who may read a record; one without a marking is read by all staff.

        Of a record whose readers follow from others the identity row is read.
        """
        told = record.identity if getattr(record, "readers_follow", False) else record
        marking = getattr(told, "marking", "") or Marking.INTERNAL
        return cls.marked(marking, told.entered_by, told.readers) if marking == Marking.RESTRICTED else cls(marking)

    @classmethod
    def marked(cls, marking: str, entered_by: str, readers: Iterable[str]) -> Self:
        """Return who may read a record of that marking; author and named readers count where it is restricted."""
        return cls(marking, frozenset(readers), entered_by) if marking == Marking.RESTRICTED else cls(marking)

    def includes(self, other: "Readership") -> bool:
        """Tell whether everyone of the other readership belongs to this one."""
        if is_narrower(self.marking, than=other.marking):
            return False
        if self.marking != Marking.RESTRICTED:
            return True
        return other.named <= self.named and other.author in {self.author, *self.author.split(), *self.named}

    def reading(self) -> Q:
        """Return the condition that everyone of this readership may read a marked record."""
        if self.marking != Marking.RESTRICTED:
            return Q(marking__in=[*wider_than(self.marking), self.marking])
        shared = Q(entered_by=self.author) | Q(readers__contains=[self.author])
        if self.author:
            shared |= Q(entered_by__contains=self.author)
        for name in sorted(self.named):
            shared &= Q(readers__contains=[name])
        return ~Q(marking=Marking.RESTRICTED) | shared


#: What is read by all staff.
ALL_STAFF = Readership(Marking.INTERNAL)

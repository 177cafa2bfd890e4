"""Which records belong to another one: papers to an engagement, action items to a mandate. Models register it.

When the marking of an owner is raised, so are those of its belongings; the admin links an owner to them.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from sgoffice.records.models import Entry, MarkedRecord, Record
from sgoffice.records.querysets import RecordQuerySet


@dataclass(frozen=True)
class Belonging:
    """A kind of record that belongs to another one, and its foreign key to the owner."""

    model: type[MarkedRecord]
    key: str

    def owned_by(self, ids: list[UUID]) -> RecordQuerySet[MarkedRecord]:
        """Return the live records that belong to these owners."""
        return self.model.rows().filter(**{f"{self.key}__in": ids}).live()


_belongings: dict[str, list[Belonging]] = defaultdict(list)


def belongs(model: type[MarkedRecord], key: str, *, to: str) -> None:
    """Register that records of a model belong to records of a kind, on whichever floor that kind is."""
    _belongings[to].append(Belonging(model, key))


def belongings_of(kind: str) -> tuple[Belonging, ...]:
    return tuple(_belongings.get(kind, ()))


def owner_keys(model: type[Record]) -> tuple[str, ...]:
    """Return the keys of a kind of record to the records that it may belong to."""
    return tuple(one.key for known in _belongings.values() for one in known if one.model is model)


def owners_of(record_id: UUID) -> list[Entry]:
    """Return the identity rows of the records that a record belongs to, whoever may see them."""
    found: set[UUID] = set()
    for model in {one.model for known in _belongings.values() for one in known}:
        rows = model.rows().filter(pk=record_id).values_list(*(f"{key}_id" for key in owner_keys(model)))
        found.update(key for row in rows for key in row if key is not None)
    return list(Entry.objects.filter(pk__in=found))

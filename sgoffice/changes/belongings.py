"""What belongs to records of a kind: papers to an engagement, action items to a mandate. Told by the models above.

`changes` raises the marking of what belongs to a record with the record's own; the admin leads from one to the other.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sgoffice.records.models import MarkedRecord


@dataclass(frozen=True)
class Belonging:
    """A kind of record that belongs to another one, by the foreign key that says to which."""

    model: type[MarkedRecord]
    key: str

    def to(self, ids: list[UUID]) -> Any:
        """Return what belongs to these records and is neither in error nor merged."""
        rows: Any = self.model._default_manager
        return rows.filter(**{f"{self.key}__in": ids}).live()


_known: dict[str, list[Belonging]] = defaultdict(list)


def belongs(model: type[MarkedRecord], key: str, *, to: str) -> None:
    """Let records of a model belong to those of a kind, whichever floor that kind stands on."""
    _known[to].append(Belonging(model, key))


def belongings_of(kind: str) -> tuple[Belonging, ...]:
    """Return what belongs to records of a kind."""
    return tuple(_known.get(kind, ()))

"""What a kind keeps beside its rows, computed from them: computed again when the rows came from an archive.

Services register how; `derive` calls it once all rows are there.
"""

from collections.abc import Callable
from typing import Any

from sgoffice.records.models import Record

Deriver = Callable[[Any], None]

_derivers: dict[str, Deriver] = {}


def derives(kind: str) -> Callable[[Deriver], Deriver]:
    """Register the decorated function for records of a kind; it writes what it computes, and not the record."""

    def register(deriver: Deriver) -> Deriver:
        if kind in _derivers:
            message = f"what {kind} keeps beside its rows is computed already"
            raise ValueError(message)
        _derivers[kind] = deriver
        return deriver

    return register


def is_derived(kind: str) -> bool:
    return kind in _derivers


def derive(record: Record) -> None:
    """Compute again what a record keeps beside its rows."""
    _derivers[record.record_kind](record)

"""What records store of others, such as a principal found from an appointment: found again for other readers.

Services register how; change() calls it, whoever changes the readers.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sgoffice.records.models import Record
from sgoffice.records.readership import Readership

#: Takes an open record with its new readers, and those that it had before.
Finder = Callable[[Any, Readership], None]

_finders: dict[str, list[Finder]] = defaultdict(list)


def finds_again(kind: str) -> Callable[[Finder], Finder]:
    """Register the decorated function for records of a kind."""

    def register(finder: Finder) -> Finder:
        _finders[kind].append(finder)
        return finder

    return register


def find_again(record: Record, before: Readership) -> None:
    """Find again what an open record stores of others."""
    for finder in _finders.get(record.record_kind, ()):
        finder(record, before)

"""Tables that know more names of a kind of records than the records hold, such as those of States in all languages."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

#: Returns the records that a text means, the likeliest first.
Lookup = Callable[[str], list[UUID]]


@dataclass(frozen=True)
class NameTable:
    """Which records of a kind a text names, and of which it is nearly a name."""

    named: Lookup
    near: Lookup


_tables: dict[str, NameTable] = {}


def register_name_table(kind: str, table: NameTable) -> None:
    """Register what is known of the names of a kind; the search and every list ask it."""
    _tables[kind] = table


def has_table(kind: str) -> bool:
    """Tell whether a table knows the names of a kind."""
    return kind in _tables


def named_in_tables(text: str, kinds: Collection[str]) -> list[UUID]:
    """Return the records of these kinds (all if none is named) that a text names, though they may not hold it."""
    return [found for table in _of(kinds) for found in table.named(text)]


def near_in_tables(text: str, kinds: Collection[str]) -> list[UUID]:
    """Return the records of these kinds (all if none is named) with names that are spelled nearly so."""
    return [found for table in _of(kinds) for found in table.near(text)]


def _of(kinds: Collection[str]) -> Iterator[NameTable]:
    return (table for kind, table in sorted(_tables.items()) if not kinds or kind in kinds)

"""What history tells of other records: an item holds their ids, which only their own readers see."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sgoffice.history.queries import HistoryItem
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Link

_LINKS = Link._meta.db_table


def without_hidden_references(items: Iterable[HistoryItem], actor: Actor) -> list[HistoryItem]:
    """Return items without the ids of records that the actor may not see, and without links to such records."""
    found = list(items)
    named = {key for item in found for key in _named_in(item.changes)}
    hidden = set(Entry.objects.filter(pk__in=named).hidden_from(actor).values_list("pk", flat=True))
    if not hidden:
        return found
    return [_told(item, hidden) for item in found if not (item.table == _LINKS and _names_any(item, hidden))]


def _told(item: HistoryItem, hidden: set[UUID]) -> HistoryItem:
    told = {name: [_without(value, hidden) for value in pair] for name, pair in item.changes.items()}
    return replace(item, changes={name: pair for name, pair in told.items() if pair != [None, None]})


def _without(value: Any, hidden: set[UUID]) -> Any:
    return None if _id_in(value) in hidden else value


def _names_any(item: HistoryItem, hidden: set[UUID]) -> bool:
    return not hidden.isdisjoint(_named_in(item.changes))


def _named_in(changes: Mapping[str, list[Any]]) -> Iterator[UUID]:
    for pair in changes.values():
        yield from (key for value in pair if (key := _id_in(value)) is not None)


def _id_in(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == len(str(UUID(int=0))) else None
    except ValueError:
        return None

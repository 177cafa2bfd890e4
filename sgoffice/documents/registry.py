"""How each kind of record is rendered; apps register it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Prefetch

from sgoffice.documents.columns import Column
from sgoffice.records.models import Record
from sgoffice.search import Searched


@dataclass(frozen=True)
class Recipe:
    """How a kind of record is rendered: serializer, what to read with it, what is searched, what spreadsheets show."""

    model: type[Record]
    shape: type[Any]
    searched: Searched
    renderer: int
    select: tuple[str, ...]
    prefetch: tuple[Prefetch, ...]
    columns: tuple[Column, ...]


_recipes: dict[str, Recipe] = {}
S = TypeVar("S", bound=type[Any])


def document_of(
    model: type[Record],
    *,
    searched: Searched,
    columns: Sequence[Column],
    renderer: int = 1,
    select: Sequence[str] = (),
    prefetch: Sequence[Prefetch] = (),
) -> Callable[[S], S]:
    """Register the decorated read serializer as the document of a kind.

    `searched` says what the search indexes; increase `renderer` when that or the output of the serializer changes.
    `columns` are those of its lists in spreadsheets (sgoffice/exports/).
    `select` and `prefetch` (lists of parts with their rows) are read beside the record: rendering any number of records
    takes the same number of queries.
    """

    def register(shape: S) -> S:
        if model.record_kind in _recipes:
            message = f"{model.__name__} has a document already"
            raise ValueError(message)
        _recipes[model.record_kind] = Recipe(
            model, shape, searched, renderer, tuple(select), tuple(prefetch), tuple(columns)
        )
        return shape

    return register


def recipes() -> dict[str, Recipe]:
    return dict(_recipes)


def model_of(kind: str) -> type[Record]:
    return _recipes[kind].model

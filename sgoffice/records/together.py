"""Read rows with their parts, or several lists, in one statement: PostgreSQL returns the further rows as JSON.

What comes out is what the querysets would return. Each trip to the database costs the page a wait.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

import orjson
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Cast
from django.db.models.query import ModelIterable

from sgoffice.records.models.fields import PartialDateField
from sgoffice.records.statements import Reader

#: Columns of these read the same in JSON.
_AS_THEY_ARE = (models.BooleanField, models.CharField, models.IntegerField, models.JSONField, models.TextField)
_kept: dict[Hashable, Reader] = {}
_RANGE = re.compile(r"(?P<low>[\[(])(?P<first>[^,]*),(?P<until>[^\])]*)(?P<high>[\])])")


def read_with_parts(rows: QuerySet[Any], *parts: Prefetch, **beside: QuerySet[Any]) -> list[Any]:
    """Return rows as prefetch_related(*parts) would, in one statement.

    What is read `beside` is a list that each row gets under that name; its queryset says whose by OuterRef.
    """
    asked = WithParts.of(rows, *parts, **beside)
    return asked.given(list(asked.rows))


@dataclass(frozen=True)
class WithParts:
    """Rows that bring their parts: for who keeps the statement."""

    rows: QuerySet[Any]
    beside: "tuple[_Beside, ...]"

    @classmethod
    def of(cls, rows: QuerySet[Any], *parts: Prefetch, **beside: QuerySet[Any]) -> Self:
        """Return the rows of a queryset with these parts, and what is read beside."""
        wanted = _Beside.of(rows.model, parts, beside)
        return cls(rows.annotate(**{one.place: Cast(one.value, models.TextField()) for one in wanted}), wanted)

    def given(self, found: list[Any]) -> list[Any]:
        """Return rows that were read, each with its parts where prefetch_related would put them."""
        for one in self.beside:
            one.give(found, orjson.loads)
        return found


def read_together(*lists: QuerySet[Any]) -> list[list[Any]]:
    """Return what each of these querysets would, all read by one statement."""
    found: list[list[Any]] = [[] for _ in lists]
    asked: list[tuple[int, Reader, str]] = []
    parameters: list[Any] = []
    for place, rows in enumerate(lists):
        if rows.query.is_empty():
            continue
        try:
            sql, own = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        reader = _reader_of(rows)
        asked.append((place, reader, _as_json(sql, reader.width)))
        parameters += own
    if not asked:
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"{sql}::text" for _, _, sql in asked), parameters)
        values = cursor.fetchone() or ()
    for (place, reader, _), value in zip(asked, values, strict=True):
        found[place] = _models(reader, value, orjson.loads)
    return found


def _as_json(sql: str, width: int) -> str:
    """Return the expression for all rows of a query of so many columns."""
    columns = ", ".join(f"c{place}" for place in range(width))
    return f"(SELECT json_agg(listed) FROM ({sql}) AS listed ({columns}))"


class _Listed(Subquery):
    """All rows of a queryset as one value."""

    output_field = models.JSONField()

    def __init__(self, rows: QuerySet[Any], width: int) -> None:
        super().__init__(rows, template=_as_json("%(subquery)s", width))


@dataclass(frozen=True)
class _Beside:
    """A list that is read beside each row: its reader, and what is read beside each of its own rows."""

    name: str
    rows: QuerySet[Any]
    #: The key of the parts to their row; None for what is no part of it.
    field: Any
    reader: Reader
    within: tuple["_Beside", ...]
    value: _Listed

    @classmethod
    def of(
        cls, model: Any, parts: Sequence[Prefetch], others: Mapping[str, QuerySet[Any]] | None = None
    ) -> tuple["_Beside", ...]:
        """Return what is read beside each row of a model."""
        found = []
        for one in parts:
            name, _, below = one.prefetch_through.partition("__")
            if not below:
                field = model._meta.get_field(name).field
                inner = [
                    Prefetch(other.prefetch_through.removeprefix(f"{name}__"), other.queryset)
                    for other in parts
                    if other.prefetch_through.startswith(f"{name}__")
                ]
                found.append(cls._made(name, one.queryset, field, inner))
        return (*found, *(cls._made(name, rows, None, ()) for name, rows in (others or {}).items()))

    @classmethod
    def _made(cls, name: str, rows: Any, field: Any, inner: Sequence[Prefetch]) -> "_Beside":
        within = cls.of(rows.model, inner)
        asked = rows.annotate(**{one.place: one.value for one in within})
        reader = _reader_of(asked, within=len(within))
        if field is not None:
            asked = asked.filter(**{field.name: OuterRef("pk")})
        return cls(name, rows, field, reader, within, _Listed(asked, reader.width))

    @property
    def place(self) -> str:
        return f"read_{self.name}"

    def give(self, owners: Iterable[Any], load: Callable[[Any], Any]) -> None:
        """Let each of these rows have its list, where prefetch_related would put it."""
        every: list[Any] = []
        for owner in owners:
            found = _models(self.reader, owner.__dict__.pop(self.place), load)
            every += found
            if self.field is None:
                setattr(owner, self.name, found)
            else:
                give_parts(owner, self.name, self.rows, found)
        for one in self.within:
            one.give(every, lambda value: value)


def give_parts(owner: Any, name: str, rows: Any, parts: list[Any]) -> None:
    """Let a row have its parts where prefetch_related puts them."""
    field = owner._meta.get_field(name).field
    for part in parts:
        if not field.is_cached(part):
            field.set_cached_value(part, owner)
    own = getattr(owner, name)._apply_rel_filters(rows._chain())
    own._result_cache, own._prefetch_done = parts, True
    owner.__dict__.setdefault("_prefetched_objects_cache", {})[field.remote_field.cache_name] = own


def _models(reader: Reader, value: Any, load: Callable[[Any], Any]) -> list[Any]:
    return [reader.read(list(row.values())) for row in load(value)] if value is not None else []


def _reader_of(rows: Any, *, within: int = 0) -> Reader:
    """Return what reads these rows from JSON; it is kept for rows without annotations but those for what is `within`.

    Finding it out takes as long as asking.
    """
    if rows._iterable_class is not ModelIterable:
        message = "these rows are values, not models"
        raise TypeError(message)
    query = rows.query
    if len(query.annotations) > within:
        return _new_reader(rows)
    shape = (rows.model, str(query.select_related), str(query.deferred_loading), *query.annotations)
    if shape not in _kept:
        _kept[shape] = _new_reader(rows)
    return _kept[shape]


def _new_reader(rows: QuerySet[Any]) -> Reader:
    return Reader.of_rows(rows).converting(_converter_of)


def _converter_of(field: Any) -> Callable[[Any], Any] | None:
    """Return what makes a value of a field from JSON, or None if it is the same there."""
    while field.is_relation:
        field = field.target_field
    if isinstance(field, ArrayField):
        field = field.base_field
        if isinstance(field, _AS_THEY_ARE):
            return None
    elif isinstance(field, PartialDateField):
        return field.from_db_value
    for kind, convert in _FROM_JSON.items():
        if isinstance(field, kind):
            return convert
    if isinstance(field, _AS_THEY_ARE):
        return None
    message = f"{field} is not read from JSON"
    raise TypeError(message)


def _date_range(text: str) -> DateRange:
    found = _RANGE.fullmatch(text)
    if found is None:
        return DateRange(empty=True)
    first, until = (date.fromisoformat(found[name]) if found[name] else None for name in ("first", "until"))
    return DateRange(first, until, found["low"] + found["high"])


_FROM_JSON: dict[type[Any], Callable[[Any], Any]] = {
    models.UUIDField: UUID,
    models.DateTimeField: datetime.fromisoformat,  # before DateField, of which it is one
    models.DateField: date.fromisoformat,
    DateRangeField: _date_range,
}

"""Statements for rows, compiled once for each shape: writing the SQL of a list anew takes longer than running it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

_MOST_KEPT = 2_000
_kept: OrderedDict[Hashable, "Statement | None"] = OrderedDict()
_alone = Lock()


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters; those that change from call to call are holes."""

    sql: str
    parameters: tuple[Any, ...]

    def rows(self, values: Sequence[Any] = ()) -> list[Any]:
        """Execute it with these values in the holes, and return all rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(values))
            return cursor.fetchall()

    def filled(self, values: Sequence[Any]) -> list[Any]:
        """Return the parameters with these values in the holes."""
        return [one.filled(values) if isinstance(one, _Hole) else one for one in self.parameters]


@dataclass(frozen=True)
class _Hole:
    place: int
    form: type[Any]

    def filled(self, values: Sequence[Any]) -> Any:
        """Return the value of this place, in the form in which the compiler sends it."""
        value = values[self.place]
        return value if isinstance(value, self.form) else self.form(value)


def compiled(rows: QuerySet[Any]) -> Statement | None:
    """Return the statement for these rows, or None if there can be none."""
    try:
        sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return Statement(sql, tuple(parameters))


def kept(shape: Hashable, rows: Callable[[Sequence[Any]], QuerySet[Any]], values: Sequence[Any]) -> Statement | None:
    """Return the statement for `rows(values)`, compiled once for each shape and kept with holes for the values.

    The shape says whatever else the rows depend on: the model, the reader and what they may read, the order.
    """
    marks = [_mark(value, place) for place, value in enumerate(values)]
    if None in marks:
        return compiled(rows(values))
    key = (shape, tuple(type(value) for value in values))
    with _alone:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = compiled(rows(marks))
    if found is not None:
        found = Statement(found.sql, tuple(_hole_for(one, marks) for one in found.parameters))
    with _alone:
        _kept[key] = found
        if len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _mark(value: Any, place: int) -> Any:
    """Return a value of the same type that occurs nowhere else, or None if the type has too few."""
    match value:
        case UUID():
            return UUID(int=2**128 - 1 - place)
        case datetime():
            return datetime(9998, 7, 17, 3, 33, tzinfo=UTC) + timedelta(microseconds=place)
        case date():
            return date(9997, 7, 17) + timedelta(days=place)
        case int() if not isinstance(value, bool):
            return 31_777 - place  # fits the smallest column: what does not fit is never compared
        case str():
            return f"\x7f{place}"
        case _:
            return None


def _hole_for(parameter: Any, marks: Sequence[Any]) -> Any:
    for place, mark in enumerate(marks):
        if isinstance(parameter, type(mark)) and parameter == mark:
            return _Hole(place, type(parameter))
    return parameter

"""Statements for rows, compiled once for each shape: writing the SQL of a list anew takes longer than running it.

`rows()` of a statement returns what the database answers, `instances()` the models that the queryset would return.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models import query as querysets

_MOST_KEPT = 2_000
#: What makes the models of select_related; the stubs are those of another version of Django.
_populators: Any = querysets.get_related_populators
_kept: OrderedDict[Hashable, "Statement | None"] = OrderedDict()
_alone = Lock()


@dataclass(frozen=True)
class Reader:
    """How rows become models, with what select_related reads beside them: ModelIterable's way, found out once."""

    model: Any
    names: tuple[str, ...]
    columns: slice
    populators: tuple[Any, ...]
    annotations: tuple[tuple[str, int], ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    #: The expressions of all columns.
    selected: tuple[Any, ...]

    @classmethod
    def of_rows(cls, rows: QuerySet[Any]) -> "Reader":
        """Return how the rows of a queryset are read."""
        compiler: Any = rows.query.get_compiler(connection=connection)
        compiler.setup_query()
        return cls.of(compiler)

    @classmethod
    def of(cls, compiler: Any) -> "Reader":
        """Return how the rows of a compiled query are read."""
        places = compiler.klass_info["select_fields"]
        columns = slice(places[0], places[-1] + 1)
        converters = compiler.get_converters([one[0] for one in compiler.select])
        return cls(
            compiler.klass_info["model"],
            tuple(one[0].target.attname for one in compiler.select[columns]),
            columns,
            tuple(_populators(compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS)),
            tuple(compiler.annotation_col_map.items()),
            tuple((place, tuple(found), column) for place, (found, column) in converters.items()),
            tuple(one[0] for one in compiler.select),
        )

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.selected)

    def converting(self, converter_of: Callable[[Any], Callable[[Any], Any] | None]) -> "Reader":
        """Return a reader of the same rows whose values come in another form, from the converter of each field."""
        known = {}
        for place, column in enumerate(self.selected):
            converter = converter_of(column.output_field)
            if converter is not None:
                known[place] = converter

        def always(convert: Callable[[Any], Any]) -> Callable[..., Any]:
            return lambda value, *_: None if value is None else convert(value)

        made = tuple((place, (always(convert),), None) for place, convert in known.items())
        return replace(self, converters=made)

    def read(self, row: Sequence[Any]) -> Any:
        """Return the model of a row."""
        values = list(row)
        for place, converters, column in self.converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, values[self.columns])
        for populator in self.populators:
            populator.populate(values, made)
        for name, place in self.annotations:
            setattr(made, name, values[place])
        return made


@dataclass(frozen=True)
class Statement:
    """SQL with its parameters; those that change from call to call are holes. `reader` makes models of its rows."""

    sql: str
    parameters: tuple[Any, ...]
    reader: Reader | None = None

    def rows(self, values: Sequence[Any] = ()) -> list[Any]:
        """Execute it with these values in the holes, and return all rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(values))
            return cursor.fetchall()

    def instances(self, values: Sequence[Any] = ()) -> list[Any]:
        """Execute it with these values in the holes, and return what the queryset would: models."""
        if self.reader is None:
            message = "these rows are values, not models"
            raise TypeError(message)
        return [self.reader.read(row) for row in self.rows(values)]

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
    compiler: Any = rows.query.get_compiler(connection=connection)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    is_of_models = rows._iterable_class is querysets.ModelIterable
    return Statement(sql, tuple(parameters), Reader.of(compiler) if is_of_models else None)


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
    if found is not None and marks:
        # what is one of the marks by chance stays the same with others
        others = [_mark(value, place + len(marks)) for place, value in enumerate(values)]
        again = compiled(rows(others))
        both = zip(found.parameters, again.parameters if again else (), strict=True)
        found = replace(found, parameters=tuple(_hole_for(one, marks) if one != two else one for one, two in both))
    with _alone:
        _kept[key] = found
        if len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def kept_instances(shape: Hashable, rows: Callable[[Sequence[Any]], QuerySet[Any]], values: Sequence[Any]) -> list[Any]:
    """Return the models of `rows(values)` by a statement that is kept for the shape."""
    statement = kept(shape, rows, values)
    return statement.instances(values) if statement is not None else []


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

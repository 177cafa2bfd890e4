"""What a report of figures is made of: numbers in tables, each with the address of the list behind it."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import orjson

from engagements.reports.services.report_types import Mention
from sgoffice.documents.columns import Column, columns, days
from sgoffice.exports.lists import Piece, Table
from sgoffice.records.markings import narrowest

_API = "/api/v1/"


@dataclass(frozen=True)
class Period:
    """Days, both included."""

    first: date
    last: date

    @property
    def filters(self) -> dict[str, str]:
        """The filters of a list that keep what may have been in the period."""
        return {"from": self.first.isoformat(), "until": self.last.isoformat()}

    def months(self) -> Iterator["Period"]:
        """Yield its months, the first and last as far as they belong to it."""
        first = self.first
        while first <= self.last:
            after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
            yield Period(first, min(after - timedelta(days=1), self.last))
            first = after


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number of a report. `rows` is how many records the list at `url` has: `value` itself where it counts records.

    `before`: the value of the year before. `last` and `record`: the last contact, also before the period.
    """

    label: str
    value: int
    rows: int
    url: str
    key: str = ""
    before: int | None = None
    last: str | None = None
    record: Mention | None = None
    level: str = ""

    @property
    def list(self) -> str:
        """The list without the address of the API, for pages that show it to people."""
        return self.url.removeprefix(_API)


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """Figures of one sort, and what they count."""

    name: str
    title: str
    unit: str
    figures: tuple[Figure, ...]

    @property
    def gaps(self) -> tuple[Figure, ...]:
        """The figures without anything behind them."""
        return tuple(one for one in self.figures if not one.value)


@dataclass(frozen=True, kw_only=True)
class FigureReport:
    """A report: its period, the highest marking of what it counts, and its tables."""

    name: str
    title: str
    first: date
    last: date
    marking: str
    tables: tuple[FigureTable, ...]


#: A report as rows of a file: a row for each figure.
TABLE = Table(
    "report",
    "report",
    (
        *columns("report"),
        *days("first", "last"),
        *columns("marking", "table", "label", "value", "unit", "before"),
        *days("last_contact"),
        Column("contact", "record.label"),
        Column("contact_reference", "record.reference"),
        *columns("level", "rows", "list"),
    ),
)


def list_at(noun: str, **filters: Any) -> str:
    """Return the address of a list with filters; `from_` stands for the filter `from`."""
    given = {name.rstrip("_"): value for name, value in filters.items() if value not in ("", None)}
    return f"{_API}{noun}?{urlencode(given)}"


def counted(label: str, value: int, url: str, **more: Any) -> Figure:
    """Return a figure that counts the rows of its list."""
    return Figure(label=label, value=value, rows=value, url=url, **more)


def highest(markings: Iterable[str], *mentioned: Mention | None) -> str:
    """Return the highest of these markings, and of what is mentioned."""
    return narrowest([*markings, *(one.marking for one in mentioned if one is not None)])


def pieces_of(report: FigureReport) -> Iterator[Piece]:
    """Yield the rows of a report as JSON."""
    head: Mapping[str, Any] = {
        "report": report.title, "first": report.first, "last": report.last, "marking": report.marking,
    }  # fmt: skip
    for table in report.tables:
        yield [
            orjson.dumps(
                {
                    **{field.name: getattr(one, field.name) for field in dataclasses.fields(one)},
                    **head,
                    "table": table.title,
                    "unit": table.unit,
                    "last_contact": one.last,
                    "list": one.url,
                }
            )
            for one in table.figures
        ]

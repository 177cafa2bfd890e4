"""Write a list into a file: as CSV, XLSX or JSON lines, all rows, a few in memory at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from tempfile import TemporaryDirectory
from typing import IO, Any, Protocol, TypeVar
from uuid import UUID

import orjson
from django.db.models import QuerySet

from sgoffice.documents import recipes, stream_documents
from sgoffice.documents.columns import Column
from sgoffice.exports.names import names_in, names_of_records, names_of_staff
from sgoffice.exports.spools import require_room, spool
from sgoffice.exports.spreadsheets import FORMS, CsvSheet, Form, Sheet, XlsxSheet
from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, Record

T = TypeVar("T")
#: Records that are read at once.
_PIECE = 200
#: Some rows of a list, each the JSON of a document.
Piece = Sequence[bytes]


@dataclass(frozen=True)
class Reader:
    """For whom a file is and when: whose rights count, and in which languages names are best, the best first."""

    actor: Actor
    on: date
    languages: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """What a list is called, on its sheet and as a file, and the columns of its rows."""

    title: str
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class ExportedFile:
    """A file that is whole, and how many rows it has."""

    file: IO[bytes]
    form: Form
    name: str
    count: int


class _Body(Protocol):
    def add(self, documents: Piece) -> None: ...
    def close(self) -> None: ...


class _Lines:
    """The documents as they are, one a line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, documents: Piece) -> None:
        self._file.writelines(body + b"\n" for body in documents)

    def close(self) -> None:
        """Do nothing: the last line ends like the others."""


class _Rows:
    """The declared columns of the documents, in words."""

    def __init__(self, columns: tuple[Column, ...], sheet: Sheet, reader: Reader) -> None:
        self._columns, self._sheet, self._reader = columns, sheet, reader
        self._names = names_in(reader.languages) | names_of_staff()

    def add(self, documents: Piece) -> None:
        shown = [orjson.loads(body) for body in documents]
        ids = {key for column in self._columns for one in shown for key in column.ids(one)}
        names = self._names | names_of_records(ids, self._reader.actor) if ids else self._names
        self._sheet.write([column.cell(one, names) for column in self._columns] for one in shown)

    def close(self) -> None:
        self._sheet.close()


def export_list(
    model: type[Record],
    rows: QuerySet[Any],
    ordering: Sequence[str],
    form: str,
    *,
    reader: Reader,
    with_bom: bool = False,
) -> ExportedFile:
    """Return a file of all these records, which the caller has found for the reader; raises as export_table()."""
    pieces = ([body for _, body in found] for found in stream_documents(model, rows, ordering))
    return export_table(table_of(model), pieces, form, reader=reader, with_bom=with_bom)


def export_table(
    table: Table, pieces: Iterable[Piece], form: str, *, reader: Reader, with_bom: bool = False
) -> ExportedFile:
    """Return a file of all these rows, which the caller has found for the reader.

    Raises NoRoom, and whatever the database refuses; then there is no file.
    """
    written = 0

    def write(file: IO[bytes]) -> None:
        nonlocal written
        with TemporaryDirectory(prefix="export-") as scratch:
            body = _body(table, file, form, reader, with_bom=with_bom, scratch=scratch)
            for piece in pieces:
                require_room()
                body.add(piece)
                written += len(piece)
            body.close()

    return ExportedFile(spool(write), FORMS[form], file_name(table, form), written)


def table_of(model: type[Record]) -> Table:
    """Return how the list of a kind is called, and its declared columns."""
    recipe = recipes()[model.record_kind]
    return Table(str(model._meta.verbose_name_plural), recipe.searched.address, recipe.columns)


def file_name(table: Table, form: str) -> str:
    """Return the name under which a list is saved."""
    return f"{table.name}.{FORMS[form].ending}"


def visible_pieces(items: Iterable[T], record_of: Callable[[T], UUID], reader: Actor) -> Iterator[list[T]]:
    """Yield items a few at a time, without those of records that the reader may not see at that instant.

    A long list is found once and read piece by piece: what was raised meanwhile is left out.
    """
    waiting = iter(items)
    while piece := list(islice(waiting, _PIECE)):
        wanted = {record_of(one) for one in piece}
        seen = set(Entry.objects.filter(pk__in=wanted).visible_to(reader).values_list("pk", flat=True))
        yield [one for one in piece if record_of(one) in seen]


def _body(table: Table, file: IO[bytes], form: str, reader: Reader, *, with_bom: bool, scratch: str) -> _Body:
    columns = table.columns
    if form == "csv":
        return _Rows(columns, CsvSheet(file, columns, with_bom=with_bom), reader)
    if form == "xlsx":
        return _Rows(columns, XlsxSheet(file, columns, title=table.title, on=reader.on, scratch=scratch), reader)
    return _Lines(file)

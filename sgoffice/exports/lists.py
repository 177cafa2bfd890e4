"""Write a list into a file: as CSV, XLSX or JSON lines, all rows, a few in memory at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryDirectory
from typing import IO, Any, Protocol
from uuid import UUID

import orjson
from django.db.models import QuerySet

from sgoffice.documents import recipes, stream_documents
from sgoffice.exports.names import names_in, names_of_records, names_of_staff
from sgoffice.exports.spools import require_room, spool
from sgoffice.exports.spreadsheets import FORMS, CsvSheet, Form, Sheet, XlsxSheet
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record

Documents = list[tuple[UUID, bytes]]


@dataclass(frozen=True)
class Reader:
    """For whom a file is and when: whose rights count, and in which languages names are best, the best first."""

    actor: Actor
    on: date
    languages: Sequence[str] = ()


@dataclass(frozen=True)
class ExportedFile:
    """A file that is whole, and how many rows it has."""

    file: IO[bytes]
    form: Form
    name: str
    count: int


class _Body(Protocol):
    def add(self, documents: Documents) -> None: ...
    def close(self) -> None: ...


class _Lines:
    """The documents as they are, one a line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def add(self, documents: Documents) -> None:
        self._file.writelines(body + b"\n" for _, body in documents)

    def close(self) -> None:
        """Do nothing: the last line ends like the others."""


class _Rows:
    """The declared columns of the documents, in words."""

    def __init__(self, model: type[Record], sheet: Sheet, reader: Reader) -> None:
        self._columns, self._sheet, self._reader = recipes()[model.record_kind].columns, sheet, reader
        self._names = names_in(reader.languages) | names_of_staff()

    def add(self, documents: Documents) -> None:
        shown = [orjson.loads(body) for _, body in documents]
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
    """Return a file of all these rows, which the caller has found for the reader.

    Raises NoRoom, and whatever the database refuses; then there is no file.
    """
    written = 0

    def write(file: IO[bytes]) -> None:
        nonlocal written
        with TemporaryDirectory(prefix="export-") as scratch:
            body = _body(model, file, form, reader, with_bom=with_bom, scratch=scratch)
            for documents in stream_documents(model, rows, ordering):
                require_room()
                body.add(documents)
                written += len(documents)
            body.close()

    file = spool(write)
    return ExportedFile(file, FORMS[form], file_name(model, form), written)


def file_name(model: type[Record], form: str) -> str:
    """Return the name under which a list is saved."""
    return f"{recipes()[model.record_kind].searched.address}.{FORMS[form].ending}"


def _body(model: type[Record], file: IO[bytes], form: str, reader: Reader, *, with_bom: bool, scratch: str) -> _Body:
    columns = recipes()[model.record_kind].columns
    if form == "csv":
        return _Rows(model, CsvSheet(file, columns, with_bom=with_bom), reader)
    if form == "xlsx":
        title = str(model._meta.verbose_name_plural)
        return _Rows(model, XlsxSheet(file, columns, title=title, on=reader.on, scratch=scratch), reader)
    return _Lines(file)

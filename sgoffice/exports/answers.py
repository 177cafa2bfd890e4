"""The answer that sends a file, for every doorway."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation.trans_real import parse_accept_lang_header

from sgoffice.exports.lists import (
    ExportedFile,
    Piece,
    Reader,
    Table,
    export_list,
    export_table,
    file_name,
    table_of,
)
from sgoffice.exports.spools import SpooledAnswer
from sgoffice.exports.spreadsheets import FORMS
from sgoffice.exports.turns import turn_of
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record

#: How many languages of a reader count.
_LANGUAGES = 5


def file_answer(
    request: HttpRequest,
    model: type[Record],
    rows: QuerySet[Any],
    ordering: tuple[str, ...],
    form: str,
    *,
    by: Actor,
    on: date,
    with_bom: bool = False,
) -> HttpResponse | FileResponse:
    """Return all these records as a file; as table_answer()."""

    def write(reader: Reader) -> ExportedFile:
        return export_list(model, rows, ordering, form, reader=reader, with_bom=with_bom)

    return _answer(request, table_of(model), write, form, by=by, on=on)


def table_answer(
    request: HttpRequest,
    table: Table,
    pieces: Callable[[], Iterable[Piece]],
    form: str,
    *,
    by: Actor,
    on: date,
    with_bom: bool = False,
) -> HttpResponse | FileResponse:
    """Return all rows of a table as a file; to HEAD its headers alone, for which nothing is written.

    Raises TooManyExports when the actor waits for others already.
    """

    def write(reader: Reader) -> ExportedFile:
        return export_table(table, pieces(), form, reader=reader, with_bom=with_bom)

    return _answer(request, table, write, form, by=by, on=on)


def _answer(
    request: HttpRequest, table: Table, write: Callable[[Reader], ExportedFile], form: str, *, by: Actor, on: date
) -> HttpResponse | FileResponse:
    if request.method == "HEAD":
        answer: HttpResponse | FileResponse = HttpResponse(content_type=FORMS[form].media_type)
    else:
        reader = Reader(by, on, languages_of(request.headers.get("Accept-Language", "")))
        with turn_of(by):
            made = write(reader)
        answer = SpooledAnswer(made.file, {"as": form, "rows": str(made.count)}, content_type=made.form.media_type)
    name = content_disposition_header(as_attachment=True, filename=file_name(table, form))
    answer["Content-Disposition"] = str(name)
    return answer


def languages_of(accepted: str) -> list[str]:
    """Return the languages that `Accept-Language` names, the best first, without their countries."""
    named = (tag.partition("-")[0] for tag, weight in parse_accept_lang_header(accepted) if weight)
    return [tag for tag in dict.fromkeys(named) if tag != "*"][:_LANGUAGES]

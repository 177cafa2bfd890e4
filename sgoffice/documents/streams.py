"""Read the documents of a whole list, however long: one statement, a few documents in memory at a time."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from psycopg.pq import Format

from sgoffice.documents.queries import fetch_documents
from sgoffice.documents.registry import recipes
from sgoffice.records import sightings
from sgoffice.records.markings import Marking
from sgoffice.records.models import Document, Entry, Record

_CHUNK = 200


def stream_documents(
    model: type[Record], rows: QuerySet[Any], ordering: Sequence[str]
) -> Iterator[list[tuple[UUID, bytes]]]:
    """Yield ids and bytes of the documents of these rows, in this order, as of one instant.

    `rows` are what the reader may see: one statement finds them with their documents, so that a marking that is raised
    meanwhile holds for all of a record or for none. Read to the end inside one request; what is restricted is noted.
    """
    try:
        statement = _statement(model, rows, ordering)
    except EmptyResultSet:  # the filters exclude each other, which Django tells before the database is asked
        return
    with transaction.atomic(), closing(connection.chunked_cursor()) as cursor:
        cursor.cursor.format = Format.BINARY
        cursor.execute(*statement)
        while rows_read := cursor.fetchmany(_CHUNK):
            found = [row[:3] for row in rows_read]  # behind them is what distinct rows are sorted by
            sightings.note(record_id for record_id, _, marking in found if marking == Marking.RESTRICTED)
            missing = [record_id for record_id, body, _ in found if body is None]
            rendered = fetch_documents(model, missing) if missing else {}
            yield [(key, body if body is not None else rendered[key].body) for key, body, _ in found]


def _statement(model: type[Record], rows: QuerySet[Any], ordering: Sequence[str]) -> tuple[str, Any]:
    current = Document.objects.filter(
        record_id=OuterRef("pk"), is_stale=False, renderer__gte=recipes()[model.record_kind].renderer
    )
    found = rows.order_by(*ordering).values_list(
        "pk", Subquery(current.values("body")), Subquery(Entry.objects.filter(pk=OuterRef("pk")).values("marking"))
    )
    return found.query.get_compiler(connection=connection).as_sql()

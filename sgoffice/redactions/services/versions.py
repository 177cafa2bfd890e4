"""Erase in the documents that are kept by version: what the office knew then, without what it may not know any more."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import orjson
from django.db import connection

from sgoffice.changes.masks import masked_document
from sgoffice.records.models import DocumentVersion


def members_of(columns: Mapping[str, object]) -> dict[str, object]:
    """Return columns as documents call them: a person by the member, not by the key."""
    return {name.removesuffix("_id"): value for name, value in columns.items()}


def showing(record_id: UUID) -> set[UUID]:
    """Return the records whose documents show this one, or once did."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWING, [record_id, str(record_id)])
        return {key for (key,) in cursor.fetchall()}


def erase(ids: Iterable[UUID], instead: Mapping[str, Mapping[str, object]], texts: Sequence[str]) -> None:
    """Erase in every kept version of these records: members of rows by their ids, and texts wherever they stand."""
    for version in DocumentVersion.objects.filter(record_id__in=list(ids)).order_by("pk").iterator(chunk_size=100):
        shown = orjson.loads(version.body)
        told = orjson.dumps(masked_document(shown, instead, texts))
        if told != bytes(version.body):
            DocumentVersion.objects.filter(pk=version.pk).update(body=told)


_SHOWING = """
    SELECT record_id FROM records_document WHERE embeds @> ARRAY[%s]
    UNION SELECT record_id FROM records_documentversion WHERE position(%s::bytea IN body) > 0
"""

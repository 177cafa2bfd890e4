"""Render records to the exact bytes that readers get, and record whose names they show."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from sgoffice.documents.reading import read_records
from sgoffice.documents.registry import Recipe, recipes
from sgoffice.records.models import Record
from sgoffice.records.readership import ALL_STAFF, Readership

_embedded: ContextVar[set[UUID] | None] = ContextVar("embedded", default=None)


@dataclass(frozen=True)
class StoredDocument:
    """A document as readers get it: `digest` identifies the bytes, `version` the state of the record."""

    version: int
    digest: str
    body: bytes

    @property
    def etag(self) -> str:
        """The strong entity tag (RFC 9110, section 8.8.3)."""
        return f'"{self.version}-{self.digest}"'


@dataclass(frozen=True)
class RenderedDocument:
    """A freshly rendered document, the records whose names it shows, and the record with all that was read for it."""

    record_id: UUID
    kind: str
    stored: StoredDocument
    embeds: list[UUID]
    record: Record


def note_embedded(record_id: UUID | None) -> None:
    """Record that the document being rendered shows the name of this record."""
    found = _embedded.get()
    if found is not None and record_id is not None:
        found.add(record_id)


def render_documents(
    model: type[Record], ids: Iterable[UUID], *, are_new: bool = False, versions: Mapping[UUID, int] | None = None
) -> Iterator[RenderedDocument]:
    """Render these records as they are in the database now, with their `versions` if the caller knows them.

    Nothing was merged into records that are new.
    """
    recipe = recipes()[model.record_kind]
    wanted = list(ids)
    known = versions if versions is not None else _versions(wanted)
    merged = {} if are_new else _merged_into(model, wanted)
    serializer = _serializer(recipe)
    for record in read_records(recipe, wanted):
        record.version = known.get(record.pk, 1)
        if found := merged.get(record.pk):
            readers = ALL_STAFF if record.readers_follow else Readership.of(record)  # it may be opened one day
            record.merged_from = [one for one in found if Readership.of(one).includes(readers)]
        token = _embedded.set(set())
        try:
            body = orjson.dumps(serializer.to_representation(record), option=orjson.OPT_NON_STR_KEYS)
            embeds = sorted((_embedded.get() or set()) - {record.pk})
        finally:
            _embedded.reset(token)
        digest = hashlib.sha256(body).hexdigest()[:16]
        yield RenderedDocument(
            record.pk, model.record_kind, StoredDocument(record.version, digest, body), embeds, record
        )


def _versions(ids: list[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, version FROM records_entry WHERE id = ANY(%s)", [ids])
        return dict(cursor.fetchall())


def _merged_into(model: type[Record], ids: list[UUID]) -> dict[UUID, list[Record]]:
    """Return the records that were merged into each of these."""
    found: dict[UUID, list[Record]] = {}
    for merged in model.rows().filter(merged_into__in=ids).order_by("pk"):
        if merged.merged_into_id is not None:
            found.setdefault(merged.merged_into_id, []).append(merged)
    return found


@cache
def _serializer(recipe: Recipe) -> Any:
    """Return the serializer of a recipe, made once: making it takes longer than rendering. It keeps no state."""
    return recipe.shape()

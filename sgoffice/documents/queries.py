"""Read stored documents. What is missing, stale or made by an older renderer is rendered on the fly, not stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sgoffice.database.binary_rows import binary_rows
from sgoffice.documents.registry import recipes
from sgoffice.documents.rendering import StoredDocument, render_documents
from sgoffice.records import sightings
from sgoffice.records.actors import Actor
from sgoffice.records.markings import Marking
from sgoffice.records.models import Record
from sgoffice.records.querysets import may_see

#: A statement with its parameters.
Question = tuple[str, list[Any]]


@dataclass(frozen=True)
class FoundDocument:
    """A record that a reader may see: its document, and the record that it was merged into."""

    record_id: UUID
    merged_into: UUID | None
    stored: StoredDocument | None


def fetch_documents(model: type[Record], ids: Sequence[UUID]) -> dict[UUID, StoredDocument]:
    """Return the documents of records of one kind, by id."""
    # PostgreSQL plans a question about a list of unknown length anew each time
    statement, asked = (_READ_ONE, ids[0]) if len(ids) == 1 else (_READ, list(ids))
    rows = binary_rows(statement, [asked, recipes()[model.record_kind].renderer])
    found = {row[0]: StoredDocument(*row[1:-1]) for row in rows}
    sightings.note(row[0] for row in rows if row[-1])
    missing = [record_id for record_id in ids if record_id not in found]
    if missing:
        found.update((item.record_id, item.stored) for item in render_documents(model, missing))
    return found


def fetch_bodies(kinds: Mapping[UUID, str]) -> dict[UUID, bytes]:
    """Return the bytes of the documents of records of several kinds, given as kinds by id."""
    by_kind = recipes()
    parameters: list[Any] = [list(by_kind), [recipe.renderer for recipe in by_kind.values()], list(kinds)]
    rows = binary_rows(_READ_ANY, parameters)
    found = {record_id: body for record_id, body, _ in rows}
    sightings.note(record_id for record_id, _, is_restricted in rows if is_restricted)
    missing = kinds.keys() - found.keys()
    for kind in sorted({kinds[record_id] for record_id in missing}):
        of_kind = [record_id for record_id in missing if kinds[record_id] == kind]
        found.update((item.record_id, item.stored.body) for item in render_documents(by_kind[kind].model, of_kind))
    return found


def records_named_in(ids: Sequence[UUID]) -> dict[UUID, dict[UUID, str]]:
    """Return the records whose names each document shows, as kinds by id."""
    found: dict[UUID, dict[UUID, str]] = {record_id: {} for record_id in ids}
    for record_id, named, kind in binary_rows(_NAMED, [list(ids)]):
        found[record_id][named] = kind
    return found


def fetch_joined(model: type[Record], ids: Sequence[UUID]) -> bytes:
    """Return the documents of these records in this order, joined by commas as in a JSON array."""
    [(count, body, restricted)] = binary_rows(_JOIN, [list(ids), recipes()[model.record_kind].renderer])
    if count == len(ids):
        sightings.note(restricted or ())
        return body or b""
    found = fetch_documents(model, ids)
    return b",".join(found[record_id].body for record_id in ids if record_id in found)


def fetch_document(model: type[Record], record_id: UUID) -> StoredDocument | None:
    """Return the document of one record, or None if there is no such record."""
    return fetch_documents(model, [record_id]).get(record_id)


def find_document(actor: Actor, model: type[Record], record_id: UUID) -> FoundDocument | None:
    """Return the document of a record if the actor may see it, in one statement; otherwise None."""
    rows = binary_rows(*question_for_document(model, record_id))
    if not rows:
        return None
    marking, entered_by, readers, merged_into, version, digest, body = rows[0]
    if not may_see(actor, marking=marking, entered_by=entered_by, readers=readers):
        return None
    if marking == Marking.RESTRICTED:
        sightings.note([record_id])
    if body is None:
        return FoundDocument(record_id, merged_into, fetch_document(model, record_id))
    return FoundDocument(record_id, merged_into, StoredDocument(version, digest, body))


def question_for_document(model: type[Record], record_id: UUID) -> Question:
    """Return what find_document() asks: statement and parameters."""
    return _FIND, [recipes()[model.record_kind].renderer, record_id, model.record_kind]


_READ = """
    SELECT d.record_id, d.version, d.digest, d.body, e.marking = 'restricted'
    FROM records_document d JOIN records_entry e ON e.id = d.record_id
    WHERE d.record_id = ANY(%s) AND NOT d.is_stale AND d.renderer >= %s
"""
_READ_ONE = _READ.replace("= ANY(%s)", "= %s")
_READ_ANY = """
    SELECT d.record_id, d.body, e.marking = 'restricted'
    FROM records_document d JOIN records_entry e ON e.id = d.record_id
    JOIN unnest(%s::text[], %s::int[]) AS r (kind, renderer) ON r.kind = d.kind AND d.renderer >= r.renderer
    WHERE d.record_id = ANY(%s::uuid[]) AND NOT d.is_stale
"""
_NAMED = """
    SELECT d.record_id, e.id, e.kind FROM records_document d
    CROSS JOIN unnest(d.embeds) WITH ORDINALITY AS named (id, place) JOIN records_entry e ON e.id = named.id
    WHERE d.record_id = ANY(%s::uuid[]) ORDER BY d.record_id, named.place
"""
_JOIN = """
    SELECT count(*), string_agg(d.body, ',' ORDER BY wanted.place),
        array_agg(e.id) FILTER (WHERE e.marking = 'restricted')
    FROM unnest(%s::uuid[]) WITH ORDINALITY AS wanted (id, place)
    JOIN records_document d ON d.record_id = wanted.id AND NOT d.is_stale AND d.renderer >= %s
    JOIN records_entry e ON e.id = d.record_id
"""
_FIND = """
    SELECT e.marking, e.entered_by, ARRAY(SELECT jsonb_array_elements_text(e.readers)), e.merged_into_id,
        d.version, d.digest, d.body
    FROM records_entry e
    LEFT JOIN records_document d ON d.record_id = e.id AND NOT d.is_stale AND d.renderer >= %s
    WHERE e.id = %s AND e.kind = %s
"""

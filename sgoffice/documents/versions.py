"""Documents as they were known at an instant."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from sgoffice.documents.queries import fetch_document
from sgoffice.records import sightings
from sgoffice.records.actors import Actor
from sgoffice.records.markings import Marking
from sgoffice.records.models import Record
from sgoffice.records.querysets import may_see


def document_known_at(actor: Actor, model: type[Record], record_id: UUID, at: datetime) -> bytes | None:
    """Return the document of a record as it was known at an instant, or None if it was not known yet.

    Also None if its marking at the time hides it from the actor. The caller checks first that the actor may see the
    record today. A write outside the door stores no version: from then until the next change, the current document is
    what was known.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"record": record_id, "at": at})
        found = cursor.fetchone()
    if found is None:
        return None
    stored_body, is_as_now = found
    now = fetch_document(model, record_id) if is_as_now else None
    body = now.body if now else bytes(stored_body) if stored_body is not None else None
    if body is None:
        return None
    shown: dict[str, Any] = orjson.loads(body)  # by the marking inside the document
    marked = {name: shown.get(name, "") for name in ("marking", "entered_by", "readers")}
    if not may_see(actor, **marked):
        return None
    if marked["marking"] == Marking.RESTRICTED:
        sightings.note([record_id])
    return body


_KNOWN = """
    WITH newest AS (
        SELECT v.body, v.known_from FROM records_documentversion v
        WHERE v.record_id = %(record)s AND v.known_from <= %(at)s ORDER BY v.known_from DESC, v.id DESC LIMIT 1
    ), written AS (
        SELECT coalesce(bool_or(e.at <= %(at)s AND e.verb = 'out_of_band'
                                AND e.at > coalesce((SELECT known_from FROM newest), '-infinity')), false) AS outside,
            coalesce(bool_or(e.at > %(at)s), false) AS later
        FROM history_entry e WHERE e.record_id = %(record)s
    )
    SELECT newest.body, written.outside AND NOT written.later FROM written LEFT JOIN newest ON true
"""

"""Store the search row of a record, whenever its document is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from sgoffice.database.batches import execute_for_each
from sgoffice.search.contents import Searched, texts_of
from sgoffice.search.folding import SHORT, fold, initials_of, lexemes
from sgoffice.search.readings import name_keys

#: Stands for a missing date.
UNDATED = date.min
#: Raised with every change of how a row is made, of folding or of anyascii: older rows are made again.
INDEXING = 5


@dataclass(frozen=True)
class IndexedDocument:
    """A document to index, and the records whose names it shows."""

    record_id: UUID
    body: bytes
    embeds: Sequence[UUID]


def store_search_rows(searched: Searched, documents: Sequence[IndexedDocument], *, is_embedded: bool) -> None:
    """Store the search rows of these records; the caller holds the locks for storing their documents.

    A record is found by its own texts and by every name of the records that its document names. Records merged into one
    whose name others show (`is_embedded`) add their names to it.
    """
    rows = [_row(searched, one, is_embedded=is_embedded) for one in documents]
    with connection.cursor() as cursor:
        execute_for_each(cursor, _STORE, rows)


def _row(searched: Searched, document: IndexedDocument, *, is_embedded: bool) -> dict[str, Any]:
    shown = orjson.loads(document.body)
    titles = [one.text for one in texts_of(shown, searched.titles)]
    texts = [one.text for one in texts_of(shown, searched.texts)]
    codes = {fold(one.text) for one in texts_of(shown, searched.codes)}
    folded = [text for text in dict.fromkeys(map(fold, titles)) if text and text not in codes]
    short = {initials_of(one.text) for one in texts_of(shown, searched.initials)} - {"", *folded}
    named = {lexeme for text in titles for lexeme in lexemes(text)} | {SHORT + one for one in short}
    day = searched.day_of(shown) or (_entered_on(document.record_id) if searched.is_dated else UNDATED)
    return {
        "id": document.record_id,
        "day": day,
        "year": day.year if day != UNDATED else None,
        "countries": sorted({one.text for one in texts_of(shown, searched.countries)}),
        "heading": "".join(f" {text} |" for text in (*folded, *sorted(SHORT + one for one in {*codes, *short} if one))),
        "keys": name_keys(folded) if is_embedded or searched.is_suggested else "",
        "indexing": INDEXING,
        "names": sorted(named) if is_embedded else [],
        "words": sorted(named.union(lexeme for text in texts for lexeme in lexemes(text))),
        "speaks_for": searched.speaks_for(shown) if searched.speaks_for else "",
        "embeds": list(document.embeds),
        "merged": [one["id"] for one in shown["merged_from"]] if is_embedded else [],
    }


def _entered_on(record_id: UUID) -> date:
    """Return the day on which a record was entered, which is in its id (RFC 9562, version 7)."""
    return datetime.fromtimestamp((record_id.int >> 80) / 1000, tz=UTC).date()


# Visibility and liveness come from the identity row of the record; triggers.sql keeps them current.
_STORE = """
    WITH named AS (
        SELECT s.record_id, s.heading, s.names, s.keys, s.speaks_for FROM records_searchrow s
        WHERE s.record_id = ANY(%(embeds)s::uuid[] || %(merged)s::uuid[])
    ), own AS (
        SELECT ARRAY(SELECT unnest(%(names)s::text[]) UNION
                     SELECT unnest(names) FROM named WHERE record_id = ANY(%(merged)s::uuid[]) ORDER BY 1) AS names,
               concat(%(heading)s::text, (SELECT string_agg(heading, '' ORDER BY record_id) FROM named
                                          WHERE record_id = ANY(%(merged)s::uuid[]))) AS heading,
               concat_ws(' | ', %(keys)s::text, (SELECT string_agg(keys, ' | ' ORDER BY record_id) FROM named
                                                 WHERE record_id = ANY(%(merged)s::uuid[]))) AS keys
    )
    INSERT INTO records_searchrow AS s (record_id, kind, day, year, countries, heading, names, keys, indexing,
        speaks_for, words, is_live, marking, entered_by, readers)
    SELECT e.id, e.kind, %(day)s, %(year)s,
        ARRAY(SELECT unnest(%(countries)s::text[]) UNION
              SELECT speaks_for FROM named WHERE speaks_for <> '' ORDER BY 1),
        own.heading, own.names, own.keys, %(indexing)s, %(speaks_for)s,
        array_to_tsvector(%(words)s::text[] || ARRAY(SELECT unnest(names) FROM named)),
        NOT e.is_in_error AND e.merged_into_id IS NULL, e.marking, e.entered_by, e.readers
    FROM records_entry e, own WHERE e.id = %(id)s
    ON CONFLICT (record_id) DO UPDATE SET kind = EXCLUDED.kind, day = EXCLUDED.day, year = EXCLUDED.year,
        countries = EXCLUDED.countries, heading = EXCLUDED.heading, names = EXCLUDED.names, keys = EXCLUDED.keys,
        indexing = EXCLUDED.indexing, speaks_for = EXCLUDED.speaks_for, words = EXCLUDED.words,
        is_live = EXCLUDED.is_live, marking = EXCLUDED.marking, entered_by = EXCLUDED.entered_by,
        readers = EXCLUDED.readers
"""

"""Read a page of a list in one statement: its keys, its bounds, and the stored documents joined as in a JSON array."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sgoffice.database.binary_rows import binary_rows
from sgoffice.documents.queries import Question, fetch_documents
from sgoffice.documents.registry import recipes
from sgoffice.records import sightings
from sgoffice.records.models import Record
from sgoffice.records.statements import Statement


@dataclass(frozen=True)
class DocumentPage:
    """The documents of a page joined by commas, and the values of the columns in its first and last row, if any."""

    body: bytes
    has_more: bool
    first: tuple[Any, ...] | None
    last: tuple[Any, ...] | None


EMPTY = DocumentPage(b"", has_more=False, first=None, last=None)


def question_for_page(
    model: type[Record], rows: Statement, columns: int, *, limit: int, after: Sequence[Any] = (), is_backwards: bool
) -> Question:
    """Return statement and parameters for the first `limit` of these rows, which are in order and may be one more.

    The last of their columns is the id of the record. `after` fills their holes.
    """
    statement = _statement(rows.sql, columns, is_backwards=is_backwards)
    return statement, [*rows.filled(after), recipes()[model.record_kind].renderer, limit]


def fetch_page(
    model: type[Record], question: Question | None, *, limit: int, is_backwards: bool = False
) -> DocumentPage:
    """Return the page of a question; backwards, it shows its rows in the other order."""
    if question is None:
        return EMPTY
    [row] = binary_rows(*question)
    count, body, restricted, ids, *bounds = row
    columns = len(bounds) // 2
    if not count:
        return EMPTY
    if ids is None:
        sightings.note(restricted or ())
    else:
        found = fetch_documents(model, ids)  # some are missing, stale or of an older renderer
        body = b",".join(found[record_id].body for record_id in ids if record_id in found)
    first, last = tuple(bounds[:columns]), tuple(bounds[columns:])
    if is_backwards:
        first, last = last, first
    return DocumentPage(body, count > limit, first, last)


def _statement(rows: str, columns: int, *, is_backwards: bool) -> str:
    """Return the statement around that for the rows, whose last column is the id of the record."""
    names = [f"c{number}" for number in range(columns)]
    key, order = f"p.{names[-1]}", "p.place DESC" if is_backwards else "p.place"
    bounds = ", ".join(f"{row}.{name}" for row in ("f", "l") for name in names)
    return f"""
        WITH page AS MATERIALIZED (
            SELECT row_number() OVER () AS place, k.* FROM ({rows}) AS k ({", ".join(names)})
        ), shown AS (
            SELECT count(*) AS count, string_agg(d.body, ',' ORDER BY {order}) AS body,
                array_agg({key}) FILTER (WHERE e.marking = 'restricted') AS restricted,
                CASE WHEN count(d.record_id) < count(*) THEN array_agg({key} ORDER BY {order}) END AS all_of_them
            FROM page p LEFT JOIN records_entry e ON e.id = {key}
            LEFT JOIN records_document d ON d.record_id = {key} AND NOT d.is_stale AND d.renderer >= %s
            WHERE p.place <= %s
        )
        SELECT (SELECT count(*) FROM page), s.body, s.restricted, s.all_of_them, {bounds}
        FROM shown s LEFT JOIN page f ON f.place = 1 LEFT JOIN page l ON l.place = s.count
    """

"""Deadlines as rows of a file, all of them."""

from collections.abc import Iterator

import orjson

from engagements.reports.services.deadline_candidates import DeadlineFilter
from engagements.reports.services.deadlines import every_deadline
from sgoffice.documents.columns import Column, columns, days
from sgoffice.exports.lists import Piece, Table
from sgoffice.records.actors import Actor

TABLE = Table(
    "deadlines",
    "deadlines",
    (
        Column("kind", "kind"),
        *days("day"),
        *columns("days_left", "is_overdue", "sentence"),
        Column("title", "record.label"),
        Column("reference", "record.reference"),
        Column("marking", "record.marking"),
        Column("counterparts", "counterparts.name"),
        Column("owner", "owner"),
        Column("session", "session.label"),
        Column("doubts", "record.remarks"),
        Column("about", "record.kind"),
        Column("id", "record.id"),
    ),
)


def pieces_of(wanted: DeadlineFilter, by: Actor) -> Iterator[Piece]:
    """Yield all deadlines as JSON, a few at a time."""
    for lines in every_deadline(wanted, by=by):
        yield [orjson.dumps(line) for line in lines]

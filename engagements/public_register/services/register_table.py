"""The public register as rows of a file: one for each organization, with the reference as the common id."""

from collections.abc import Iterable, Iterator

import orjson

from engagements.public_register.rules import PublicLine, rows_of
from engagements.public_register.rules.lines import COLUMNS
from sgoffice.documents.columns import columns
from sgoffice.exports.lists import Piece, Table

TABLE = Table("public register", "public-register", tuple(columns(*COLUMNS)))


def pieces_of(lines: Iterable[PublicLine]) -> Iterator[Piece]:
    """Yield the rows as JSON."""
    yield [orjson.dumps(row) for row in rows_of(lines)]

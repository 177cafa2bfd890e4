"""Which server answers a question about a stream: a replica at which the stream ends where it does at the primary.

All that a stream shows follows from its last row: whatever a partner gets, and whatever is taken back from it, moves
the stream in the same transaction (stream_rows.sql). So a replica with this row, in this epoch, shows what the primary
shows (decision 43).
"""

from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from sgoffice.database.binary_rows import binary_rows
from sgoffice.database.replicas import Question, Replicas

END = """
    SELECT feed_epoch(), s.position, r.entry, r.changed_at FROM (SELECT %s::uuid AS stream) AS asked
    LEFT JOIN feed_stream s ON s.id = asked.stream
    LEFT JOIN feed_streamrow r ON r.stream = s.id AND r.position = s.position
"""


@cache
def replicas() -> Replicas:
    """Return the replicas of this process; it has none where no requests are served."""
    return Replicas(settings.DATABASE_REPLICAS)


def stream_rows(stream: UUID, statement: str, parameters: list[Any]) -> list[Any]:
    """Return the rows of a statement about one stream, from whichever server."""
    if replicas() and not connection.in_atomic_block:  # what a transaction has not committed yet it alone may read
        proof = Question(END, [stream])
        [end] = binary_rows(END, [stream])
        found = replicas().rows(proof, end, Question(statement, parameters))
        if found is not None:
            return found
    return binary_rows(statement, parameters)

"""Everything that is verified of a register: its history, and what is derived from it and decides who gets what."""

from collections.abc import Iterator

from sgoffice import history
from sgoffice.documents import publications


def faults() -> Iterator[history.Fault]:
    """Yield every fault, each with the table and the row."""
    yield from history.faults()
    yield from history.outside()
    for kind, record_id in publications.differences():
        yield history.Fault(f"feed_published {record_id}", f"what partners get of this {kind} differs from the record")
    for kind, record_id in publications.grant_differences():
        yield history.Fault(f"feed_grant {record_id}", f"other partners get this {kind} than those that may")

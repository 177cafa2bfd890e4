"""Which member of a body, and which parameter, names a record of which kind: one table.

Each app adds its words, so that bodies, filters and services agree on what may stand there: an id, a reference or a
name.
"""

from collections.abc import Mapping
from typing import Final

#: Staff are no records; they are named like records.
STAFF: Final = "staff"
#: A record of any kind: by its id or its reference, never by a name.
ANY_KIND: Final = "record"

_kinds: dict[str, str] = {}


def register_references(kinds: Mapping[str, str]) -> None:
    """Add members with the kind of record that they name; `AnEntry.member` for a member that means another one there.

    Raises ValueError for a member that names another kind already.
    """
    for member, kind in kinds.items():
        if _kinds.setdefault(member, kind) != kind:
            raise ValueError(f"{member} names a {_kinds[member]} already, not a {kind}")


def kind_named(member: str, entry: type[object] | None = None) -> str:
    """Return the kind of record that a member names; empty if it names none. An entry's own word comes first."""
    for base in entry.__mro__ if entry is not None else ():
        if own := _kinds.get(f"{base.__name__}.{member}"):
            return own
    return _kinds.get(member, "")

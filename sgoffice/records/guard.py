"""Refuses a write outside change(). Only sgoffice.changes.door opens it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from sgoffice.records.errors import WriteOutsideChange

_open: ContextVar[frozenset[UUID]] = ContextVar("open_records", default=frozenset())
_is_off: ContextVar[bool] = ContextVar("guard_is_off", default=False)


@contextmanager
def open_record(record_id: UUID) -> Iterator[None]:
    """Allow writes to one record and its parts. Raises WriteOutsideChange when it is already open."""
    if record_id in _open.get():
        message = f"change() of {record_id} is already open; a nested one would drop its edits"
        raise WriteOutsideChange(message)
    token = _open.set(_open.get() | {record_id})
    try:
        yield
    finally:
        _open.reset(token)


def open_record_ids() -> frozenset[UUID]:
    return _open.get()


@contextmanager
def unguarded() -> Iterator[None]:
    """Allow every write: for tests of what happens outside change()."""
    token = _is_off.set(True)
    try:
        yield
    finally:
        _is_off.reset(token)


def require_open(record_id: UUID, what: object) -> None:
    """Raise WriteOutsideChange unless a change() of this record is open."""
    if not _is_off.get() and record_id not in _open.get():
        message = f"{what!r} may be written only inside change() of its record"
        raise WriteOutsideChange(message)


def require_any_open(what: object) -> None:
    """Raise WriteOutsideChange unless some change() is open: for bulk writes, which do not name their records."""
    if not _is_off.get() and not _open.get():
        message = f"{what!r} may be written only inside change()"
        raise WriteOutsideChange(message)

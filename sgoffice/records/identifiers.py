"""UUIDv7 ids, generated before a record is stored, and short references that people can read aloud."""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

#: Crockford's base 32: no I, L, O or U, so that a reference can be dictated.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 6


def uuid7() -> UUID:
    """Return a time-ordered id (RFC 9562, section 5.7); Python 3.14 has its own."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    return UUID(int=value & ~(0xC000 << 48) | 0x8000 << 48)


def uuid_in(text: str) -> UUID | None:
    """Return the id that a text is; None for another text."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _random_code() -> str:
    """Return random characters: a sequence would reveal how many records a reader cannot see."""
    return "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))


_generator: ContextVar[Callable[[], str]] = ContextVar("reference_generator", default=_random_code)


def new_reference(prefix: str, year: int) -> str:
    """Return a reference such as SG-2026-7KQ4MV; the caller tries again if it is taken."""
    return f"{prefix}-{year}-{_generator.get()()}"


@contextmanager
def draw_references_from(generator: Callable[[], str]) -> Iterator[None]:
    """Inside the block, take the last six characters of new references from `generator`."""
    token = _generator.set(generator)
    try:
        yield
    finally:
        _generator.reset(token)

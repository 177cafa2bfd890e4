"""Ids (UUIDv7, made here so that a record has one before it is stored) and the short references that people say."""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

#: Crockford's base 32: no I, L, O or U, so that a reference survives the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 6


def uuid7() -> UUID:
    """Return a time-ordered id (RFC 9562, section 5.7); Python has its own from 3.14 on."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    return UUID(int=value & ~(0xC000 << 48) | 0x8000 << 48)


def _random_code() -> str:
    """Six random characters: a reference betrays no count of the records that one cannot see."""
    return "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))


_generator: ContextVar[Callable[[], str]] = ContextVar("reference_generator", default=_random_code)


def new_reference(prefix: str, year: int) -> str:
    """Return a reference such as SG-2026-7KQ4MV; the caller retries when it is taken."""
    return f"{prefix}-{year}-{_generator.get()()}"


@contextmanager
def draw_references_from(generator: Callable[[], str]) -> Iterator[None]:
    """Take the last six characters of references from `generator` inside the block."""
    token = _generator.set(generator)
    try:
        yield
    finally:
        _generator.reset(token)

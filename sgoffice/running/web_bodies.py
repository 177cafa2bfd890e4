"""Bodies of requests, read by the loop within limits of size and time, so that no thread ever waits for a client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings

from sgoffice.api.uploads import READ_LIMIT

#: Seconds that any body may take, and the bytes that buy another second: a form of 10 MB by a slow line.
_PATIENCE = 30.0
_BYTES_A_SECOND = 64_000
#: Bytes that all bodies above the usual size may take together in one worker.
_LARGE_BODIES = 128_000_000


#: What never needs more than the usual size.
_SMALL_TYPES = ("application/json", "application/merge-patch+json", "application/x-www-form-urlencoded")


@dataclass(frozen=True)
class Body:
    """What was read of a body. Above the limit of its kind, `length` is larger: views refuse it by its length.

    `refusal` is the slug of the problem to answer with instead, `is_cut_off` whether there is more to come.
    """

    content: bytes
    length: int
    refusal: str = ""
    is_cut_off: bool = False


class BodyReader:
    """Reads the bodies of one worker."""

    def __init__(self, *, patience: float = _PATIENCE) -> None:
        self._patience = patience
        self._large = 0

    @asynccontextmanager
    async def read(self, scope: Any, protocol: Any) -> AsyncIterator[Body]:
        """Give the body of a request; what is large of it counts as held until the request is answered."""
        length, most = _declared(scope), _limit(scope)
        if length is not None and (length == 0 or length > most):
            yield Body(b"", length, is_cut_off=length > most)
            return
        buffer = BytesIO()
        try:
            yield await self._read_into(buffer, protocol, most)
        finally:
            self._large -= _large_part(buffer)

    async def _read_into(self, buffer: BytesIO, protocol: Any, most: int) -> Body:
        end = asyncio.get_running_loop().time() + self._patience
        try:
            async with asyncio.timeout_at(end) as limit:
                # not anext(): its awaitable crashes the interpreter when one of granian's is cancelled in it
                async for piece in protocol:
                    self._hold(buffer, piece)
                    limit.reschedule(end + buffer.tell() / _BYTES_A_SECOND)
                    if self._large > _LARGE_BODIES:
                        return Body(b"", 0, "unavailable", is_cut_off=True)
                    if buffer.tell() > most:
                        return Body(buffer.getvalue(), buffer.tell(), is_cut_off=True)
        except TimeoutError:
            return Body(b"", 0, "too-slow", is_cut_off=True)
        return Body(buffer.getvalue(), buffer.tell())

    def _hold(self, buffer: BytesIO, piece: bytes) -> None:
        before = _large_part(buffer)
        buffer.write(piece)
        self._large += _large_part(buffer) - before


def _large_part(buffer: BytesIO) -> int:
    return max(0, buffer.tell() - settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _declared(scope: Any) -> int | None:
    """Return the length that the request declares, 0 without a body, None if it comes in chunks."""
    length: str = scope.headers.get("content-length", "")
    if length.isascii() and length.isdigit():
        return int(length)
    return None if "transfer-encoding" in scope.headers else 0


def _limit(scope: Any) -> int:
    """Return how much of a body is read: of a form enough to name the file that is too large."""
    if scope.headers.get("content-type", "").lower().startswith(_SMALL_TYPES):
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return READ_LIMIT * settings.FILE_UPLOAD_MAX_MEMORY_SIZE

"""Cursors of streams: opaque and signed. They hold the epoch of the register, stream, position and kinds."""

import base64
import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.signing import Signer

from sgoffice.feed.queries import StreamPosition

_signer = Signer(salt="partner-cursor")


def encode_cursor(
    stream: UUID, position: StreamPosition, kinds: Collection[str] | None = None, *, end: int | None = None
) -> str:
    """Return the cursor of a position; it remembers the kinds that were read up to there.

    `end` is where the stream ended when the first page of a snapshot was read.
    """
    members = [position.epoch, stream.hex, position.position, None if kinds is None else list(kinds), end]
    while members[-1] is None:
        members.pop()
    text = _signer.sign(json.dumps(members))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(given: str) -> tuple[Any, ...]:
    """Return epoch, stream, position, kinds and end of a cursor.

    Raises ValueError or TypeError for what is no cursor, BadSignature for one that another key signed.
    """
    text = base64.urlsafe_b64decode(given.encode() + b"=" * (-len(given) % 4)).decode()
    epoch, stream, position, *more = json.loads(text.rpartition(_signer.sep)[0])
    _signer.unsign(text)
    kinds, end = [*more, None, None][:2]
    return str(epoch), str(stream), int(position), None if kinds is None else tuple(kinds), end

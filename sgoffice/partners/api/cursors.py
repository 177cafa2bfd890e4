"""Cursors of streams: opaque and signed. They hold the epoch of the register, the stream and the position."""

import base64
import json
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from rest_framework.request import Request

from sgoffice.api.pagination import invalid
from sgoffice.api.problems import CursorExpired
from sgoffice.feed.queries import StreamPosition

_signer = Signer(salt="partner-cursor")


def encode_cursor(stream: UUID, position: StreamPosition) -> str:
    text = _signer.sign(json.dumps([position.epoch, stream.hex, position.position]))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position_in(request: Request, stream: UUID) -> StreamPosition | None:
    """Return the position of the request's cursor; None without a cursor, for the beginning.

    Raises ValidationError (400) for a malformed cursor or one of another partner.
    """
    given = request.query_params.get("cursor")
    if given is None:
        return None
    try:
        text = base64.urlsafe_b64decode(given.encode() + b"=" * (-len(given) % 4)).decode()
        epoch, owner, position = json.loads(_signer.unsign(text))
    except (ValueError, BadSignature):
        raise invalid(
            "cursor", "This cursor is malformed. Send the `cursor` of the previous response as it is."
        ) from None
    if owner != stream.hex:
        raise invalid("cursor", "This cursor belongs to another stream. Start with the snapshot.")
    return StreamPosition(str(epoch), int(position))


def require_current(position: StreamPosition | None, head: StreamPosition, request: Request) -> None:
    """Raise CursorExpired (410) for a position from before a restore, or beyond the head of the stream."""
    if position is not None and (position.epoch != head.epoch or position.position > head.position):
        raise CursorExpired(request.build_absolute_uri(reverse("partner-snapshot")))

"""The cursor of a stream: opaque and signed; the life of the register, the stream, and the position that was read."""

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


def written(stream: UUID, place: StreamPosition) -> str:
    """Return the cursor of a place in a stream."""
    text = _signer.sign(json.dumps([place.epoch, stream.hex, place.position]))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(request: Request, stream: UUID) -> StreamPosition | None:
    """Return the place of the request's cursor; None without one: the beginning.

    Raises ValidationError (400) for a cursor that is none or of another partner.
    """
    given = request.query_params.get("cursor")
    if given is None:
        return None
    try:
        text = base64.urlsafe_b64decode(given.encode() + b"=" * (-len(given) % 4)).decode()
        epoch, owner, position = json.loads(_signer.unsign(text))
    except (ValueError, BadSignature):
        raise invalid("cursor", "This is no cursor: send the `cursor` of the last answer as it was.") from None
    if owner != stream.hex:
        raise invalid("cursor", "This cursor belongs to another stream: begin with the snapshot.")
    return StreamPosition(str(epoch), int(position))


def check_known(place: StreamPosition | None, head: StreamPosition, request: Request) -> None:
    """Raise CursorExpired (410) for a place from before a restore, or from a future that the register does not know."""
    if place is not None and (place.epoch != head.epoch or place.position > head.position):
        raise CursorExpired(request.build_absolute_uri(reverse("partner-snapshot")))

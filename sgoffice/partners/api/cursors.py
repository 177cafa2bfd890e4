"""The cursor of a request: whose it is, of which kinds, and whether it is of this life of the register."""

from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from sgoffice.api.pagination import invalid
from sgoffice.api.problems import CursorExpired
from sgoffice.feed.queries import StreamPosition
from sgoffice.partners.api.kinds import Kinds, kinds_of, require_scope
from sgoffice.partners.services import decode_cursor

CURSOR = OpenApiParameter(
    "cursor", str, description="The `cursor` of the previous response; from the beginning by default."
)
_OTHER_KEY = (
    "This cursor was signed with another key: the register's was changed, or it is a cursor of another register."
)


@dataclass(frozen=True)
class Cursor:
    """Where a partner has read to, and which kinds; without a position it begins.

    `end` is where the stream ended when the first page of a snapshot was read.
    """

    position: StreamPosition | None
    kinds: Kinds
    end: int | None = None


def cursor_in(request: Request, stream: UUID) -> Cursor:
    """Return the request's cursor; without one, the beginning of the kinds that the request is for.

    Raises ValidationError (400) for a malformed cursor, one of another partner, or other kinds beside it;
    CursorExpired (410) for one that another key signed; InsufficientScope (403) for one of kinds that the token is not
    for.
    """
    given = request.query_params.get("cursor")
    wanted = kinds_of(request)
    if given is None:
        return Cursor(None, wanted)
    try:
        epoch, owner, position, remembered, end = decode_cursor(given)
    except BadSignature:
        raise CursorExpired(_snapshot(request), _OTHER_KEY) from None
    except (ValueError, TypeError):
        raise invalid(
            "cursor", "This cursor is malformed. Send the `cursor` of the previous response as it is."
        ) from None
    if owner != stream.hex:
        raise invalid("cursor", "This cursor belongs to another stream. Start with the snapshot.")
    if "kind" in request.query_params and remembered != wanted:
        detail = (
            f"This cursor is for {', '.join(remembered or ['all kinds'])}: leave `kind` out, or take a new snapshot."
        )
        raise invalid("kind", detail)
    require_scope(request, remembered)
    return Cursor(StreamPosition(epoch, position), remembered, end)


def require_same_life(position: StreamPosition, head: StreamPosition, request: Request) -> None:
    """Raise CursorExpired (410) if the register was restored after the position was read."""
    if position.epoch != head.epoch:
        raise CursorExpired(_snapshot(request))


def require_current(position: StreamPosition | None, head: StreamPosition, request: Request) -> None:
    """Raise CursorExpired (410) for a position from before a restore, or beyond the head of the stream."""
    if position is not None and (position.epoch != head.epoch or position.position > head.position):
        raise CursorExpired(_snapshot(request))


def _snapshot(request: Request) -> str:
    return request.build_absolute_uri(reverse("partner-snapshot"))

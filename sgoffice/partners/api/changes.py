"""GET /partner/changes: what changed since a cursor, each record once."""

from typing import Any

import orjson
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.renderers import FormatNegotiation, JSONRenderer
from sgoffice.feed import queries
from sgoffice.partners import services
from sgoffice.partners.api import schemas
from sgoffice.partners.api.cursors import CURSOR, cursor_in, require_current
from sgoffice.partners.api.digests import totals_of
from sgoffice.partners.api.exchange import JSON, LINES, LinesRenderer, PartnerView, stream_of
from sgoffice.partners.api.fields import FIELDS, pick_of
from sgoffice.partners.api.kinds import KIND

DEFAULT_LIMIT, MAX_LIMIT = 200, 1000
#: Seconds to wait before the next request when nothing changed.
PAUSE = "10"
_DIGEST = OpenApiParameter(
    "digest", bool, description="true: tell the digest at the end of the changes, as of the same instant."
)
LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    description="Maximum number of records in the response; a response above 4 MB has fewer.",
)
FORM = OpenApiParameter(
    "format", str, enum=["json", "jsonl"], description="The media type of the response; overrides `Accept`."
)


class ChangesView(PartnerView):
    renderer_classes = [JSONRenderer, LinesRenderer]
    content_negotiation_class = FormatNegotiation
    has_etag = True
    takes_cursor = True

    @extend_schema(
        operation_id="partner_changes",
        parameters=[
            CURSOR,
            KIND,
            FIELDS,
            LIMIT,
            _DIGEST,
            FORM,
        ],
        responses={(200, JSON): schemas.ChangesPageSerializer, (200, LINES): schemas.LINE_OR_END},
    )
    def get(self, request: Request) -> HttpResponse:
        """List changes since a cursor.

        Each record that changed appears once, in its current state, in the order of the last change. Store `cursor` in
        the transaction that stores the records. While `has_more` is true, continue at once; otherwise wait as long as
        `Retry-After` says and send `If-None-Match`: 304 means nothing is new.
        """
        check_parameters(request.query_params, ("cursor", "digest", "fields", "format", "kind", "limit"))
        stream, limit = stream_of(request), limit_of(request)
        cursor = cursor_in(request, stream)
        position = cursor.position.position if cursor.position else 0
        if _flag(request, "digest"):
            page, buckets = queries.changes_and_digest(stream, position, limit, cursor.kinds)
            told: dict[str, Any] = {"digest": None if buckets is None else totals_of(buckets)}
        else:
            page, told = queries.changes_after(stream, position, limit, cursor.kinds), {}
        require_current(cursor.position, page.head, request)
        services.note_pull(stream, position, at=timezone.now())
        # what follows the last row is of other kinds
        place = page.end(page.head.position)
        end = {"cursor": services.encode_cursor(stream, place, cursor.kinds), "has_more": page.has_more} | told
        return self._page(request, page.rows, end)

    def _page(self, request: Request, rows: list[queries.ChangeRow], end: dict[str, Any]) -> HttpResponse:
        # a record that changes leaves its position, so the positions determine the records at them
        fields, pick = request.query_params.get("fields"), pick_of(request)
        state = repr((end, [row[0] for row in rows], fields, request.accepted_renderer.format)).encode()
        if request.accepted_renderer.format == LinesRenderer.format:
            last_line = (b"\n" if rows else b"") + orjson.dumps(end) + b"\n"
            body = queries.join_lines(rows, begin=b"", between=b"\n", end=last_line, pick=pick)
            answer = self.answered(request, body, LINES, state=state)
        else:
            tail = b"]," + orjson.dumps(end)[1:]
            body = queries.join_lines(rows, begin=b'{"changes":[', between=b",", end=tail, pick=pick)
            answer = self.answered(request, body, state=state)
        if not end["has_more"]:
            answer["Retry-After"] = PAUSE
        return answer


def _flag(request: Request, name: str) -> bool:
    given = request.query_params.get(name, "false")
    if given not in ("true", "false"):
        raise invalid(name, "Write true or false.")
    return given == "true"


def limit_of(request: Request) -> int:
    """Return the most records that the request asks for; raises ValidationError (400)."""
    given = request.query_params.get("limit")
    if given is None:
        return DEFAULT_LIMIT
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= MAX_LIMIT:
        raise invalid("limit", f"Give a number from 1 to {MAX_LIMIT}.")
    return int(given)

"""GET /partner/snapshot: all that a partner may get, as lines in one answer or as pages of JSON."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import Throttled
from rest_framework.request import Request

from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.renderers import FormatNegotiation, JSONRenderer
from sgoffice.feed import queries
from sgoffice.partners import services
from sgoffice.partners.api import schemas
from sgoffice.partners.api.changes import FORM, LIMIT, limit_of
from sgoffice.partners.api.cursors import CURSOR, cursor_in, require_current, require_same_life
from sgoffice.partners.api.exchange import JSON, LINES, LinesRenderer, PartnerView, stream_of
from sgoffice.partners.api.fields import FIELDS, pick_of
from sgoffice.partners.api.kinds import KIND, Kinds, kinds_of

#: Most records in a statement of a snapshot in lines, and most bytes: each thread that makes one holds so much.
_CHUNK, _CHUNK_BYTES = 500, 2**20


class SnapshotView(PartnerView):
    renderer_classes = [LinesRenderer, JSONRenderer]
    content_negotiation_class = FormatNegotiation
    takes_cursor = True

    @extend_schema(
        operation_id="partner_snapshot",
        parameters=[CURSOR, KIND, FIELDS, LIMIT, FORM],
        responses={(200, JSON): schemas.ChangesPageSerializer, (200, LINES): schemas.LINE_OR_END},
    )
    def get(self, request: Request) -> Any:
        """Get a snapshot.

        Together with the changes since its cursor it is all that you may get. A record that changes while the snapshot
        is read may be missing: `changes` has it.

        As JSON lines, in one answer, one record per line. The last line is `{"cursor": …}`. If it is missing, the
        response was cut off: request it again. One snapshot of yours is made at a time; another one meanwhile is a 429.

        As JSON (`Accept: application/json`), in pages like those of `/partner/changes`: while `has_more` is true, send
        `cursor` to this address; together the pages are the snapshot. Either way, continue with
        `/partner/changes?cursor=…`.
        """
        if request.accepted_renderer.format == JSONRenderer.format:
            return self._page(request)
        for name in ("cursor", "limit"):
            if name in request.query_params:
                raise invalid(name, "It is for pages: add `format=json`, or leave it out for the whole in one answer.")
        check_parameters(request.query_params, ("fields", "format", "kind"))
        stream, kinds = stream_of(request), kinds_of(request)
        answer = StreamingHttpResponse(SnapshotLines(request, stream, kinds), content_type=LINES)
        answer["Cache-Control"] = "no-store"
        return answer

    def _page(self, request: Request) -> HttpResponse:
        """Return a page: by position, up to where the stream ended when the first page was asked for."""
        check_parameters(request.query_params, ("cursor", "fields", "format", "kind", "limit"))
        stream, limit = stream_of(request), limit_of(request)
        cursor = cursor_in(request, stream)
        position = cursor.position.position if cursor.position else 0
        page = queries.shown_after(stream, position, cursor.end, limit, cursor.kinds)
        require_current(cursor.position, page.head, request)
        end = page.head.position if cursor.end is None else cursor.end
        place = page.end(end)
        services.note_pull(stream, place.position, at=timezone.now())
        told = {
            "cursor": services.encode_cursor(stream, place, cursor.kinds, end=end if page.has_more else None),
            "has_more": page.has_more,
        }
        tail, pick = b"]," + orjson.dumps(told)[1:], pick_of(request)
        body = queries.join_lines(page.rows, begin=b'{"changes":[', between=b",", end=tail, pick=pick)
        return HttpResponse(body, content_type=JSON, headers={"Cache-Control": "no-store"})


class SnapshotLines:
    """The lines of a snapshot, read by position up to where the stream ended when it began.

    Each chunk is a short statement: nothing is held open for a reader. Whoever makes the answer closes it; what is
    only forgotten ends with its lease.
    """

    def __init__(self, request: Request, stream: UUID, kinds: Kinds) -> None:
        """Begin; raises Throttled (429) while another snapshot of the partner is made."""
        self._request, self._stream, self._kinds = request, stream, kinds
        self._pick = pick_of(request)
        self._id = uuid4()
        self._claim()
        self._begin = queries.current_position(stream)
        self._position = 0
        self._is_at_end = False
        services.note_pull(stream, self._begin.position, at=timezone.now())

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        """Return the next lines; raises CursorExpired (410) if the register was restored meanwhile."""
        if self._is_at_end:
            raise StopIteration
        self._claim()
        page = queries.shown_after(
            self._stream, self._position, self._begin.position, _CHUNK, self._kinds, size=_CHUNK_BYTES
        )
        require_same_life(self._begin, page.head, self._request)
        self._is_at_end, self._position = not page.has_more, page.end(self._begin.position).position
        end = b"\n" if page.rows else b""
        lines = queries.join_lines(page.rows, begin=b"", between=b"\n", end=end, pick=self._pick)
        return lines + self._last_line() if self._is_at_end else lines

    def close(self) -> None:
        """Let the partner begin another snapshot at once."""
        services.end_snapshot(self._stream, self._id)

    def _last_line(self) -> bytes:
        return orjson.dumps({"cursor": services.encode_cursor(self._stream, self._begin, self._kinds)}) + b"\n"

    def _claim(self) -> None:
        if not services.claim_snapshot(self._stream, self._id, at=timezone.now()):
            wait = services.SNAPSHOT_LEASE.seconds
            raise Throttled(wait=wait, detail="A snapshot of yours is being made; one at a time.")

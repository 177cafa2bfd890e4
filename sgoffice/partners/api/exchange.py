"""GET /partner/…: the snapshot, changes since a cursor, digests, and single records.

Records are read under the current grants: a withdrawal takes effect with the next request, on every endpoint.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.renderers import FormatNegotiation, JSONRenderer
from sgoffice.changes import clock
from sgoffice.documents.publications import publications
from sgoffice.feed import queries
from sgoffice.partners import services
from sgoffice.partners.api import schemas
from sgoffice.partners.api.authentication import PartnerTokenAuthentication
from sgoffice.partners.api.cursors import encode_cursor, position_in, require_current
from sgoffice.partners.services import AuthenticatedPartner
from sgoffice.records.errors import UnknownRecord

DEFAULT_LIMIT, MAX_LIMIT = 200, 1000
#: Seconds to wait before the next request when nothing changed.
PAUSE = "10"
JSON, LINES = "application/json", "application/x-ndjson"
_BUCKET = re.compile(r"[0-9a-f]{2}")
_FORM = OpenApiParameter(
    "format", str, enum=["json", "jsonl"], description="The media type of the response; overrides `Accept`."
)
_CURSOR = OpenApiParameter(
    "cursor", str, description="The `cursor` of the previous response; from the beginning by default."
)


class LinesRenderer(BaseRenderer):
    """Names the media type; the view writes the lines."""

    media_type = LINES
    format = "jsonl"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return orjson.dumps(data)


class IsPartner(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.user, AuthenticatedPartner)


def stream_of(request: Request) -> UUID:
    """Return the stream of the partner that asks: its own id; raises NotAuthenticated."""
    if not isinstance(request.user, AuthenticatedPartner):
        raise NotAuthenticated
    return request.user.pk


class PartnerView(APIView):
    """An endpoint of the exchange: for partners only, and it says when the register's clock is late."""

    authentication_classes = [PartnerTokenAuthentication]
    permission_classes = [IsPartner]
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head"]
    own_headers: ClassVar = ["Register-Clock"]

    is_clock_late = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.is_clock_late = clock.is_late(timezone.now())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Add `Register-Clock: late` when the clock has not run for a day: an agreement's `standing` may be old."""
        if self.is_clock_late:
            response["Register-Clock"] = "late"
        return super().finalize_response(request, response, *args, **kwargs)

    def answered(self, request: Request, body: bytes, media_type: str = JSON, *, state: bytes = b"") -> HttpResponse:
        """Return a body with its ETag, or 304 if the caller has it; `state` determines the body, if given."""
        etag = f'"{hashlib.sha256(state or body).hexdigest()[:32]}"'
        unchanged = is_unchanged(request, etag)
        answer = HttpResponse(status=304) if unchanged else HttpResponse(body, content_type=media_type)
        answer["ETag"] = etag
        return answer


@method_decorator(gzip_page, name="dispatch")
class SnapshotView(PartnerView):
    renderer_classes = [LinesRenderer]

    @extend_schema(operation_id="partner_snapshot", responses={(200, LINES): schemas.LINE})
    def get(self, request: Request) -> StreamingHttpResponse:
        """Get a snapshot.

        All records you may get, as of one instant, one per line. The last line is `{"cursor": …}`: continue with
        `/partner/changes?cursor=…`. If the last line is missing, the response was cut off: request it again.
        """
        check_parameters(request.query_params, ())
        stream = stream_of(request)
        services.note_pull(stream, queries.current_position(stream).position, at=timezone.now())
        return StreamingHttpResponse(_snapshot(stream), content_type=LINES, headers={"Cache-Control": "no-store"})


@method_decorator(gzip_page, name="dispatch")
class ChangesView(PartnerView):
    renderer_classes = [JSONRenderer, LinesRenderer]
    content_negotiation_class = FormatNegotiation
    has_etag = True
    takes_cursor = True

    @extend_schema(
        operation_id="partner_changes",
        parameters=[
            _CURSOR,
            OpenApiParameter(
                "limit",
                {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
                description="Maximum number of records in the response.",
            ),
            _FORM,
        ],
        responses={(200, JSON): schemas.ChangesSerializer, (200, LINES): schemas.LINE},
    )
    def get(self, request: Request) -> HttpResponse:
        """List changes since a cursor.

        Each record that changed appears once, in its current state, in the order of the last change. Store `cursor` in
        the transaction that stores the records. While `has_more` is true, continue at once; otherwise wait as long as
        `Retry-After` says and send `If-None-Match`: 304 means nothing is new.
        """
        check_parameters(request.query_params, ("cursor", "limit", "format"))
        stream, limit = stream_of(request), _limit(request)
        place = position_in(request, stream)
        position = place.position if place else 0
        head, rows = queries.changes_after(stream, position, limit + 1)
        require_current(place, head, request)
        has_more, rows = len(rows) > limit, rows[:limit]
        positions = [row[0] for row in rows]
        last = positions[-1] if rows else position
        services.note_pull(stream, position, at=timezone.now())
        end = {"cursor": encode_cursor(stream, queries.StreamPosition(head.epoch, last)), "has_more": has_more}
        # a record that changes leaves its position, so the positions determine the records at them
        state = repr((end, positions, request.accepted_renderer.format)).encode()
        if request.accepted_renderer.format == LinesRenderer.format:
            last_line = (b"\n" if rows else b"") + orjson.dumps(end) + b"\n"
            body = queries.join_lines(rows, begin=b"", between=b"\n", end=last_line)
            answer = self.answered(request, body, LINES, state=state)
        else:
            body = queries.join_lines(rows, begin=b'{"changes":[', between=b",", end=b"]," + orjson.dumps(end)[1:])
            answer = self.answered(request, body, state=state)
        if not has_more:
            answer["Retry-After"] = PAUSE
        return answer


class DigestView(PartnerView):
    has_etag = True

    @extend_schema(
        operation_id="partner_digest",
        parameters=[
            OpenApiParameter("kind", str, description="With `bucket`: list the records of that bucket."),
            OpenApiParameter("bucket", {"type": "string", "pattern": "^[0-9a-f]{2}$"}, description="With `kind`."),
        ],
        responses=schemas.DigestSerializer,
    )
    def get(self, request: Request) -> HttpResponse:
        """Get the digest of your records.

        By kind: the number of records you may get and the sum of their digests, in total and by bucket. The bucket of a
        record is the first two hexadecimal digits of the SHA-256 of its id in lower case. A sum adds the digests as
        hexadecimal numbers, modulo 2**64. If a bucket differs from your copy, request it with `kind` and `bucket` to
        list the digests of its records, then get the record that differs from `/partner/records/{id}`.
        """
        check_parameters(request.query_params, ("kind", "bucket"))
        kind, bucket = (request.query_params.get(name) for name in ("kind", "bucket"))
        if (kind is None) != (bucket is None):
            raise invalid("bucket", "Give both `kind` and `bucket`, or neither.")
        stream = stream_of(request)
        if kind is not None and kind not in publications():
            raise invalid("kind", f"There is no such kind; use: {', '.join(sorted(publications()))}.")
        if kind is None or bucket is None:
            return self.answered(request, orjson.dumps({"kinds": _totals(stream), "records": []}))
        if not _BUCKET.fullmatch(bucket):
            raise invalid("bucket", "Write two hexadecimal digits in lower case, such as 0f.")
        records = [{"id": entry, "digest": digest} for entry, digest in queries.digests_in_bucket(stream, kind, bucket)]
        return self.answered(request, orjson.dumps({"kinds": [], "records": records}))


class RecordView(PartnerView):
    has_etag = True

    @extend_schema(operation_id="partner_record", responses=schemas.LINE)
    def get(self, request: Request, record_id: UUID) -> HttpResponse:
        """Get a record of any kind.

        As in the snapshot. A record you may not get answers 404.
        """
        check_parameters(request.query_params, ())
        line = queries.record_line(stream_of(request), record_id)
        if line is None:
            raise UnknownRecord("record", record_id)
        return self.answered(request, line)


def _snapshot(stream: UUID) -> Iterator[bytes]:
    place = yield from queries.snapshot(stream)
    yield orjson.dumps({"cursor": encode_cursor(stream, place)}) + b"\n"


def _limit(request: Request) -> int:
    given = request.query_params.get("limit")
    if given is None:
        return DEFAULT_LIMIT
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:9]) <= MAX_LIMIT:
        raise invalid("limit", f"Give a number from 1 to {MAX_LIMIT}.")
    return int(given)


def _totals(stream: UUID) -> list[dict[str, Any]]:
    kinds: dict[str, dict[str, Any]] = {}
    for found in queries.digest_buckets(stream):
        total = kinds.setdefault(found.kind, {"kind": found.kind, "count": 0, "hash": 0, "buckets": []})
        total["count"] += found.count
        total["hash"] += int(found.hash, 16)
        total["buckets"].append({"bucket": found.bucket, "count": found.count, "hash": found.hash})
    return [total | {"hash": f"{total['hash'] % 2**64:016x}"} for total in kinds.values()]

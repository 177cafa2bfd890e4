"""What every endpoint of the exchange shares: it is for partners only, and their answers have an ETag.

Records are read under the current grants: a withdrawal takes effect with the next request, on every endpoint.
"""

import hashlib
from typing import Any, ClassVar, NoReturn
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api.compression import compressed
from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.renderers import JSONRenderer
from sgoffice.changes import clock
from sgoffice.partners.api.authentication import NoToken, PartnerTokenAuthentication
from sgoffice.partners.api.deprecations import DEPRECATIONS, Deprecation, headers_of
from sgoffice.partners.services import AuthenticatedPartner

JSON, LINES = "application/json", "application/x-ndjson"


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
    """Return the stream of the partner that asks: its own id; raises NoToken."""
    if not isinstance(request.user, AuthenticatedPartner):
        raise NoToken
    return request.user.pk


class PartnerView(APIView):
    """An endpoint of the exchange: for partners only; it compresses, and says when the clock is late."""

    authentication_classes = [PartnerTokenAuthentication]
    permission_classes = [IsPartner]
    renderer_classes = [JSONRenderer]
    http_method_names = ["get", "head"]
    own_headers: ClassVar = ["Register-Clock", "RateLimit", "RateLimit-Policy"]

    is_compressed: ClassVar[bool] = True
    deprecations: ClassVar[tuple[Deprecation, ...]] = DEPRECATIONS
    is_clock_late = False

    def permission_denied(self, request: Request, message: str | None = None, code: str | None = None) -> NoReturn:
        """Say where tokens come from (401): whoever has one is a partner."""
        raise NoToken

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answer, compressed as the caller asks."""
        answer = super().dispatch(request, *args, **kwargs)
        return compressed(answer, request) if self.is_compressed else answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.is_clock_late = clock.is_late(timezone.now())

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say when the clock has not run for a day, so that an agreement's `standing` may be old, and what will end."""
        if self.is_clock_late:
            response["Register-Clock"] = "late"
        match = request.resolver_match
        for name, value in headers_of(match.view_name if match else "", self.deprecations).items():
            response[name] = f"{response[name]}, {value}" if response.has_header(name) else value
        return super().finalize_response(request, response, *args, **kwargs)

    def answered(
        self, request: Request, body: bytes, media_type: str = JSON, *, state: bytes = b"", etag: str = ""
    ) -> HttpResponse:
        """Return a body with its ETag, or 304 if the caller has it; `state` or `etag` determines the body, if given."""
        etag = f'"{etag or hashlib.sha256(state or body).hexdigest()[:32]}"'
        if is_unchanged(request, etag):
            answer = HttpResponse(status=304)
            del answer["Content-Type"]
        else:
            answer = HttpResponse(body, content_type=media_type)
        answer["ETag"] = etag
        return answer

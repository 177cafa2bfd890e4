"""What the addresses of OAuth share: parameters, the client's authentication, and errors (RFC 6749).

Every error is both an error of RFC 6749 (section 5.2) and a problem detail (docs/decisions/0026-oauth-errors.md).
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from urllib.parse import unquote_plus

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from sgoffice.api import guesses
from sgoffice.api.addresses import address_of
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.partners import services
from sgoffice.partners.api.schemas import OAuthErrorSerializer
from sgoffice.partners.models import PartnerSecret
from sgoffice.records.characters import find_forbidden_character

#: How clients may sign in, by the names of the registry of RFC 7591.
METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")
#: What `client_assertion_type` must be (RFC 7523, section 2.2).
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
#: RFC 6749, section 5.1.
NOT_KEPT = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_CREDENTIALS = ("client_id", "client_secret", "client_assertion", "client_assertion_type")
#: Everything that may not stand in `error_description`.
_NOT_DESCRIBED = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]+")
_ERRORS = {401: "invalid_client", 429: "temporarily_unavailable", 503: "temporarily_unavailable", 500: "server_error"}


class OAuthError(APIException):
    """An error with its name in RFC 6749."""

    status_code = 400

    def __init__(self, error: str, detail: str, *, advice: str = "") -> None:
        super().__init__(detail)
        self.error, self.advice = error, advice


class InvalidClient(OAuthError):
    """Credentials that are missing or wrong; unknown, expired and revoked ones alike."""

    status_code = 401
    auth_header = 'Basic realm="partner"'

    def __init__(self, detail: str = "These credentials are unknown, expired or revoked.") -> None:
        advice = "Check client_id and client_secret; if they are as you got them, ask the office for a new secret."
        super().__init__("invalid_client", detail, advice=advice)


class OAuthView(APIView):
    """An address of OAuth: anybody may ask, as a form or as JSON."""

    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [FormParser, StrictJSONParser]
    http_method_names = ["post"]
    #: What the document says of its errors.
    errors = OAuthErrorSerializer
    #: The parameters that it reads; others are ignored (section 3.2).
    known: ClassVar[tuple[str, ...]] = ()

    def handle_exception(self, exc: Any) -> Any:
        """Add the members of RFC 6749 to the problem, and say that it is JSON."""
        if isinstance(exc, UnsupportedMediaType):
            refused: Any = exc
            refused.advice = f"Send a form: `{FormParser.media_type}`."
        answer = super().handle_exception(exc)
        body = orjson.loads(answer.content)
        named = getattr(exc, "error", "") or _ERRORS.get(answer.status_code, "invalid_request")
        described = _NOT_DESCRIBED.sub("'", f"{body['detail']} {body['advice']}")
        told = HttpResponse(
            orjson.dumps({"error": named, "error_description": described, **body}),
            status=answer.status_code,
            content_type="application/json",
        )
        for name in ("Cache-Control", "WWW-Authenticate", "Retry-After", "Allow"):
            if name in answer:
                told[name] = answer[name]
        return told

    def parameters(self, request: Request) -> dict[str, str]:
        """Return the parameters that are known, without empty ones; raises OAuthError for one that comes twice."""
        known = {*self.known, *_CREDENTIALS}
        if known & set(request.query_params):
            raise OAuthError("invalid_request", "Send the parameters in the body: addresses are kept in logs.")
        data: Any = request.data
        if not isinstance(data, Mapping):
            raise OAuthError("invalid_request", "Send a form, or a JSON object of texts.")
        lists: Iterable[tuple[str, list[Any]]] = getattr(data, "lists", lambda: ((k, [v]) for k, v in data.items()))()
        found = {}
        for name, values in lists:
            if name not in known:
                continue  # also twice, as `resource` may come (RFC 8707)
            if len(values) > 1:
                raise OAuthError("invalid_request", f"{name} comes twice: send it once.")
            if values[0] not in ("", None):
                found[name] = _text(name, values[0])
        return found

    def client(self, request: Request, values: Mapping[str, str]) -> PartnerSecret:
        """Return the client that signs in, in one way (section 2.3); raises InvalidClient, and counts it."""
        client_id, secret = _credentials(request, values)
        assertion, address, now = values.get("client_assertion", ""), address_of(request), timezone.now()
        guesses.require_turn(address, assertion or secret)
        if assertion:
            audiences = [request.build_absolute_uri(path) for path in (request.path, reverse("oauth-token"))]
            audiences.append(request.build_absolute_uri("/")[:-1])
            found = services.find_client_by_assertion(client_id, assertion, audiences=audiences, at=now)
        else:
            found = services.find_client(client_id, secret, at=now)
        if found is None:
            guesses.note_wrong(address, at=now)
            raise InvalidClient
        guesses.note_right(assertion or secret)
        return found


def _text(name: str, value: Any) -> str:
    if name == "jwk" and isinstance(value, dict):
        value = json.dumps(value)
    if not isinstance(value, str) or find_forbidden_character(value) is not None:
        raise OAuthError("invalid_request", f"{name} is not a text, or has characters that nobody sees.")
    return value


def _credentials(request: Request, values: Mapping[str, str]) -> tuple[str, str]:
    """Return client id and secret; raises OAuthError if they come in two ways."""
    basic = _basic(request)
    ways = [basic is not None, "client_secret" in values, "client_assertion" in values]
    if sum(ways) > 1 or (basic is not None and values.get("client_id", basic[0]) != basic[0]):
        detail = "The client signs in in two ways: send one of Authorization, client_secret and client_assertion."
        raise OAuthError("invalid_request", detail)
    if "client_assertion" in values and values.get("client_assertion_type") != ASSERTION:
        raise OAuthError("invalid_request", f"Set client_assertion_type to {ASSERTION}.")
    return basic or (values.get("client_id", ""), values.get("client_secret", ""))


def _basic(request: Request) -> tuple[str, str] | None:
    """Return client id and secret from HTTP Basic (section 2.3.1); None if that is not how the client signs in."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(given.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise InvalidClient("The credentials in Authorization are not Base64 of UTF-8.") from None
    client_id, _, secret = text.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)

"""POST /oauth/token: OAuth 2.0 client credentials (RFC 6749, section 4.4)."""

import base64
import binascii
from typing import Any, ClassVar
from urllib.parse import unquote_plus

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sgoffice.api import guesses
from sgoffice.api.addresses import address_of
from sgoffice.api.fields import Text
from sgoffice.api.filters import check_parameters
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.api.problems import problem
from sgoffice.api.serializers import StrictSerializer
from sgoffice.partners import services

_LONGEST = 200


class TokenRequestOfPartnerSerializer(StrictSerializer):
    """A token request. `client_id` and `client_secret` may be sent with HTTP Basic instead."""

    grant_type = Text(max_length=40, help_text="`client_credentials`.")
    client_id = Text(max_length=_LONGEST, required=False, help_text="Your client id: the short name of the partner.")
    client_secret = Text(max_length=_LONGEST, required=False, help_text="One of your client secrets.")
    scope = Text(
        max_length=_LONGEST, required=False, allow_blank=True, help_text="Kinds of records, separated by spaces."
    )


class PartnerTokenSerializer(serializers.Serializer):
    """An access token. Request a new one when it expires."""

    access_token = serializers.CharField()
    token_type = serializers.CharField(help_text="`Bearer`.")
    expires_in = serializers.IntegerField(help_text="Lifetime in seconds.")
    scope = serializers.CharField(help_text="The kinds of records you may get, separated by spaces.")


class TokenView(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [FormParser, StrictJSONParser]
    http_method_names = ["post"]
    examples: ClassVar = {
        "post": {"grant_type": "client_credentials", "client_id": "harbour-police", "client_secret": "sgs_…"}
    }

    @extend_schema(
        operation_id="oauth_token", request=TokenRequestOfPartnerSerializer, responses={200: PartnerTokenSerializer}
    )
    def post(self, request: Request) -> Any:
        """Request an access token.

        Exchanges your credentials for a token that is valid for an hour.
        """
        check_parameters(request.query_params, ())
        serializer = TokenRequestOfPartnerSerializer(data=_once(request.data))
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        if values["grant_type"] != "client_credentials":
            detail = "Set `grant_type` to `client_credentials`; no other is supported."
            return problem("malformed", detail, error="unsupported_grant_type")
        client_id, secret = _basic(request) or (values.get("client_id", ""), values.get("client_secret", ""))
        address, now = address_of(request), timezone.now()
        guesses.require_turn(address, secret)
        issued = services.exchange_credentials(client_id, secret, at=now)
        if issued is None:
            guesses.note_wrong(address, at=now)
            detail = "These credentials are unknown, expired or revoked. Ask the office for a new secret."
            headers = {"WWW-Authenticate": 'Basic realm="partner"'}
            return problem("not-signed-in", detail, error="invalid_client", headers=headers)
        guesses.note_right(secret)
        if not set(values.get("scope", "").split()) <= set(issued.partner.kinds):
            detail = f"Request only kinds you may get: {' '.join(issued.partner.kinds)}."
            return problem("malformed", detail, error="invalid_scope")
        return _answer(issued)


def _answer(issued: Any) -> HttpResponse:
    body = {
        "access_token": issued.token,
        "token_type": "Bearer",
        "expires_in": issued.expires_in,
        "scope": " ".join(issued.partner.kinds),
    }
    return Response(body, headers={"Cache-Control": "no-store"})


def _once(data: Any) -> Any:
    """Return a form as a plain mapping; a field that comes twice is refused."""
    if not hasattr(data, "lists"):
        return data
    check_parameters(data, set(data))
    return dict(data.items())


def _basic(request: Request) -> tuple[str, str] | None:
    """Return client id and secret from HTTP Basic (RFC 6749, section 2.3.1)."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(given.strip()[: 4 * _LONGEST], validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    client_id, _, secret = text.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)

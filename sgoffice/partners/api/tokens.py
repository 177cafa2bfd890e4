"""POST /oauth/token and /oauth/revoke: OAuth 2.0 client credentials (RFC 6749, section 4.4; RFC 7009)."""

from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sgoffice.partners import services
from sgoffice.partners.api.oauth import ASSERTION, NOT_KEPT, OAuthError, OAuthView

_GRANT = "client_credentials"
_LONGEST = 200


class ClientRequestOfPartnerSerializer(serializers.Serializer):
    """A request of a client, whose `client_id` and `client_secret` may be sent with HTTP Basic instead."""

    client_id = serializers.CharField(
        max_length=_LONGEST,
        required=False,
        allow_blank=True,
        help_text="Your client id: the short name of the partner.",
    )
    client_secret = serializers.CharField(
        max_length=_LONGEST, required=False, allow_blank=True, help_text="One of your client secrets."
    )
    client_assertion = serializers.CharField(
        required=False,
        allow_blank=True,
        help_text="Instead of a secret: a JWT signed with your key (RFC 7523). `iss` and `sub` are your client id, "
        "`aud` is the token endpoint or the issuer; `exp` at most an hour ahead, and a `jti` of its own.",
    )
    client_assertion_type = serializers.CharField(
        max_length=_LONGEST, required=False, allow_blank=True, help_text=f"`{ASSERTION}`."
    )


class TokenRequestOfPartnerSerializer(ClientRequestOfPartnerSerializer):
    """A token request. Parameters that are not named here are ignored."""

    grant_type = serializers.CharField(max_length=40, help_text="`client_credentials`.")
    scope = serializers.CharField(
        max_length=_LONGEST,
        required=False,
        allow_blank=True,
        help_text="The kinds that the token is for, separated by spaces; by default all that you may get.",
    )


class RevocationRequestOfPartnerSerializer(ClientRequestOfPartnerSerializer):
    """A revocation request. Parameters that are not named here are ignored."""

    token = serializers.CharField(max_length=_LONGEST, help_text="The access token.")
    token_type_hint = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="`access_token`; may be left out."
    )


class PartnerTokenSerializer(serializers.Serializer):
    """An access token. Request a new one when it expires."""

    access_token = serializers.CharField()
    token_type = serializers.CharField(help_text="`Bearer`.")
    expires_in = serializers.IntegerField(help_text="Lifetime in seconds.")
    scope = serializers.CharField(help_text="The kinds that the token is for, separated by spaces.")


class TokenView(OAuthView):
    known = ("grant_type", "scope")
    examples: ClassVar = {"post": {"grant_type": _GRANT, "client_id": "harbour-police", "client_secret": "sgs_…"}}

    @extend_schema(
        operation_id="oauth_token",
        request=TokenRequestOfPartnerSerializer,
        responses=PartnerTokenSerializer,
    )
    def post(self, request: Request) -> Response:
        """Request an access token.

        Exchanges your credentials for a token that is valid for an hour. With `scope` it is a token of less: it opens
        records of these kinds only.
        """
        values = self.parameters(request)
        if "grant_type" not in values:
            raise OAuthError("invalid_request", f"grant_type is missing: set it to {_GRANT}.")
        if values["grant_type"] != _GRANT:
            raise OAuthError("unsupported_grant_type", f"Set grant_type to {_GRANT}; no other is supported.")
        client = self.client(request, values)
        kinds = set(values.get("scope", "").split())
        if not kinds <= set(client.partner.kinds):
            detail = f"Ask for kinds that you may get, separated by spaces: {' '.join(sorted(client.partner.kinds))}."
            raise OAuthError("invalid_scope", detail)
        issued = services.issue_access_token(client, at=timezone.now(), kinds=kinds)
        body = {
            "access_token": issued.token,
            "token_type": "Bearer",
            "expires_in": issued.expires_in,
            "scope": " ".join(issued.kinds),
        }
        return Response(body, headers=NOT_KEPT)


class RevocationView(OAuthView):
    known = ("token", "token_type_hint")
    examples: ClassVar = {"post": {"token": "sgp_…", "client_id": "harbour-police", "client_secret": "sgs_…"}}

    @extend_schema(
        operation_id="oauth_revoke",
        request=RevocationRequestOfPartnerSerializer,
        responses={200: OpenApiResponse(description="The token opens nothing any more, if it was yours.")},
    )
    def post(self, request: Request) -> Response:
        """Revoke an access token.

        The next request with it is refused. A token that is unknown, ended or another partner's answers 200, too.
        """
        values = self.parameters(request)
        client = self.client(request, values)
        if "token" not in values:
            raise OAuthError("invalid_request", "token is missing: send the access token to be revoked.")
        services.revoke_access_token(values["token"], of=client.partner_id, at=timezone.now())
        return Response(headers=NOT_KEPT)

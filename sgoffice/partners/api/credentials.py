"""POST /oauth/credentials: a partner's system sees and rotates its own secrets and keys.

It signs in with one of them, not with a token: whoever gets hold of a token for an hour must not make it last a year.
"""

import json
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sgoffice.partners import services
from sgoffice.partners.api.oauth import NOT_KEPT, OAuthError, OAuthView
from sgoffice.partners.api.tokens import ClientRequestOfPartnerSerializer
from sgoffice.partners.models import PartnerSecret
from sgoffice.records.actors import Actor


class CredentialsRequestOfPartnerSerializer(ClientRequestOfPartnerSerializer):
    """What to do with your credentials, one thing at a time; nothing lists them."""

    issue = serializers.CharField(max_length=10, required=False, help_text="`secret`: issue another secret.")
    jwk = serializers.CharField(
        required=False, help_text="Register this public key (RFC 7517), to sign in with it: the JSON object, as text."
    )
    revoke = serializers.UUIDField(required=False, help_text="Revoke this credential and its tokens.")


class CredentialSerializer(serializers.ModelSerializer):
    """A secret or a key of yours, without the secret."""

    id = serializers.UUIDField()
    kind = serializers.SerializerMethodField(help_text="`secret` or `key`.")
    is_this = serializers.SerializerMethodField(help_text="Whether you signed in with it just now.")
    is_own = serializers.BooleanField(help_text="Whether your system issued it; otherwise the office did.")
    jwk = serializers.DictField(allow_null=True, help_text="The public key; null for a secret.")

    class Meta:
        model = PartnerSecret
        fields: ClassVar = [
            "id", "kind", "hint", "is_this", "is_own", "jwk", "created_at", "expires_at", "last_used_at", "revoked_at"
        ]  # fmt: skip

    def get_kind(self, kept: PartnerSecret) -> str:
        return "secret" if kept.jwk is None else "key"

    def get_is_this(self, kept: PartnerSecret) -> bool:
        return bool(kept.pk == self.context["signed_in_with"])


class CredentialsSerializer(serializers.Serializer):
    """Your credentials, newest first, and the new secret if you had one issued."""

    credentials = CredentialSerializer(many=True)
    client_secret = serializers.CharField(allow_null=True, help_text="The new secret, shown this once; else null.")


class CredentialsView(OAuthView):
    known = ("issue", "jwk", "revoke")
    examples: ClassVar = {"post": {"issue": "secret", "client_id": "harbour-police", "client_secret": "sgs_…"}}

    @extend_schema(
        operation_id="oauth_credentials",
        request=CredentialsRequestOfPartnerSerializer,
        responses=CredentialsSerializer,
    )
    def post(self, request: Request) -> Response:
        """List or rotate your credentials.

        Two secrets or keys are valid at a time. To rotate: issue a secret or register a key, change your system to it,
        then revoke the old one with it.
        """
        values = self.parameters(request)
        asked = [name for name in self.known if name in values]
        if len(asked) > 1:
            raise OAuthError("invalid_request", "Do one thing at a time: issue, jwk or revoke.")
        client = self.client(request, values)
        partner = client.partner
        secret = self._carry_out(values, partner.pk, by=Actor("partner", str(partner.pk), partner.name))
        context = {"signed_in_with": client.pk}
        body = {
            "credentials": CredentialSerializer(partner.secrets.all(), many=True, context=context).data,
            "client_secret": secret,
        }
        return Response(body, headers=NOT_KEPT)

    def _carry_out(self, values: dict[str, str], partner_id: UUID, *, by: Actor) -> str | None:
        """Do what is asked; return a new secret, if there is one."""
        now = timezone.now()
        if values.get("issue", "secret") != "secret":
            raise OAuthError("invalid_request", "Set issue to secret, or send a jwk.")
        if "issue" in values:
            return services.issue_secret(partner_id, by=by, at=now)[1]
        if "jwk" in values:
            services.register_key(partner_id, _object(values["jwk"]), by=by, at=now)
        if "revoke" in values:
            services.revoke_secret(_id(values["revoke"]), of=partner_id, by=by, at=now)
        return None


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise OAuthError("invalid_request", "jwk is no JSON object.")
    return found


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise OAuthError("invalid_request", "revoke is no id: send the id of a credential of yours.") from None

"""GET /partner: who am I, what may I have, and where."""

from dataclasses import asdict
from typing import Any

import orjson
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from sgoffice.api.filters import check_parameters
from sgoffice.api.throttling import ActorThrottle
from sgoffice.partners import services
from sgoffice.partners.api.changes import MAX_LIMIT
from sgoffice.partners.api.exchange import PartnerView, stream_of

_ADDRESSES = {
    "snapshot": "partner-snapshot",
    "changes": "partner-changes",
    "digest": "partner-digest",
    "token": "oauth-token",
    "revocation": "oauth-revocation",
    "credentials": "oauth-credentials",
    "ping_endpoints": "partner-ping-endpoints",
    "changelog": "partner-changelog",
    "context": "partner-context",
    "api_document": "partner-openapi",
}


class LimitsSerializer(serializers.Serializer):
    """The limits of the exchange."""

    requests_a_minute = serializers.IntegerField(help_text="Above it: 429. `RateLimit` tells what is left of it.")
    records_a_page = serializers.IntegerField(help_text="The most that `limit` of `/partner/changes` may be.")
    token_seconds = serializers.IntegerField(help_text="How long a token is valid.")
    secrets = serializers.IntegerField(help_text="How many secrets are valid at a time.")


class PartnerSelfSerializer(serializers.Serializer):
    """You, as the register knows you."""

    client_id = serializers.CharField()
    name = serializers.CharField()
    contact = serializers.CharField(help_text="Whom the office asks about your system.")
    kinds = serializers.ListField(child=serializers.CharField(), help_text="The kinds of records that you may get.")
    scope = serializers.ListField(
        child=serializers.CharField(), help_text="The kinds that this token is for: all of yours, or fewer."
    )
    releases = serializers.ListField(child=serializers.CharField(), help_text="Why you get records, in words.")
    records = serializers.DictField(child=serializers.IntegerField(), help_text="How many you may get now, by kind.")
    pulled_at = serializers.DateTimeField(allow_null=True, help_text="When you last pulled, to the minute.")
    behind = serializers.IntegerField(
        help_text="How many records changed since the cursor that you last sent, up to 10,000."
    )
    is_clock_late = serializers.BooleanField(
        help_text="Whether scheduled changes have waited for 24 hours, as `Register-Clock: late` says."
    )
    limits = LimitsSerializer()
    addresses = serializers.DictField(child=serializers.CharField(), help_text="Where to go on, by name.")


class ProfileView(PartnerView):
    has_etag = True

    @extend_schema(operation_id="partner_self", responses=PartnerSelfSerializer, tags=["partner"])
    def get(self, request: Request) -> HttpResponse:
        """Get your own profile.

        Who you are to the register, which kinds you may get and because of what, limits and addresses.
        """
        check_parameters(request.query_params, ())
        profile = services.partner_profile(stream_of(request))
        scope = getattr(request.user, "kinds", None)
        body: dict[str, Any] = asdict(profile) | {
            "scope": profile.kinds if scope is None else [kind for kind in scope if kind in profile.kinds],
            "is_clock_late": self.is_clock_late,
            "limits": {
                "requests_a_minute": ActorThrottle().num_requests,
                "records_a_page": MAX_LIMIT,
                "token_seconds": int(services.TOKEN_LIFE.total_seconds()),
                "secrets": services.MOST_SECRETS,
            },
            "addresses": {name: request.build_absolute_uri(reverse(route)) for name, route in _ADDRESSES.items()},
        }
        return self.answered(request, orjson.dumps(body, option=orjson.OPT_UTC_Z))

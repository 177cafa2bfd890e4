"""/partner/ping-endpoints: a partner's system looks after its endpoints, and sees what became of the pings to them."""

from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from sgoffice.api.filters import check_parameters
from sgoffice.api.serializers import StrictSerializer
from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners import services
from sgoffice.partners.api.exchange import PartnerView, stream_of
from sgoffice.partners.models import Ping, PingEndpoint
from sgoffice.partners.services import AuthenticatedPartner
from sgoffice.records.actors import Actor

_STEPS = ("test", "rotate", "disable", "enable")


class DeliverySerializer(serializers.ModelSerializer):
    """A ping to an endpoint."""

    class Meta:
        model = Ping
        fields: ClassVar = [
            "message_id", "state", "noticed_at", "attempts", "first_attempt_at", "next_attempt_at", "last_status",
            "last_fault", "finished_at",
        ]  # fmt: skip


class PingEndpointSerializer(serializers.ModelSerializer):
    """An endpoint of yours, without its secret."""

    id = serializers.UUIDField()
    is_held = serializers.BooleanField(help_text="Whether the office disabled it: only the office can enable it.")
    deliveries = serializers.SerializerMethodField(help_text="The last pings to it, newest first, at most 20.")

    class Meta:
        model = PingEndpoint
        fields: ClassVar = ["id", "url", "is_active", "disabled_because", "is_held", "secret_issued_at", "deliveries"]

    @extend_schema_field(DeliverySerializer(many=True))
    def get_deliveries(self, endpoint: PingEndpoint) -> list[dict[str, Any]]:
        return [
            dict(one) for one in DeliverySerializer(list(endpoint.pings.all())[: services.KEPT_PINGS], many=True).data
        ]


class PingEndpointsSerializer(serializers.Serializer):
    """Your endpoints, and the secret of a new one."""

    hosts = serializers.ListField(
        child=serializers.CharField(), help_text="The host names that the office allowed for endpoints of yours."
    )
    endpoints = PingEndpointSerializer(many=True)
    secret = serializers.CharField(allow_null=True, help_text="A new secret (`whsec_…`), shown this once; else null.")


class PingEndpointOfPartnerSerializer(StrictSerializer):
    """A new endpoint."""

    url = serializers.CharField(
        max_length=500, help_text="https, port 443, at a host name that the office allowed for you."
    )


class PingStepOfPartnerSerializer(StrictSerializer):
    """What to do with an endpoint."""

    step = serializers.ChoiceField(
        choices=_STEPS,
        help_text="`test`: send a ping at once; `rotate`: issue another secret; `disable`; `enable`, and ping at once.",
    )
    reason = serializers.CharField(max_length=500, required=False, help_text="Why it is disabled.")


class _PingView(PartnerView):
    http_method_names = ["get", "head", "post"]

    def _actor(self, request: Request) -> Actor:
        if not isinstance(request.user, AuthenticatedPartner):
            raise NotAuthenticated
        return request.user.as_actor()

    def _shown(self, request: Request, secret: str | None = None, status: int = 200) -> Response:
        hosts, endpoints = services.own_ping_endpoints(stream_of(request))
        body = {"hosts": hosts, "endpoints": PingEndpointSerializer(endpoints, many=True).data, "secret": secret}
        return Response(body, status=status, headers={"Cache-Control": "no-store"})


class PingEndpointsView(_PingView):
    @extend_schema(operation_id="partner_ping_endpoints", responses=PingEndpointsSerializer)
    def get(self, request: Request) -> Response:
        """List your ping endpoints.

        With the last pings to each, and the host names at which you may register others.
        """
        check_parameters(request.query_params, ())
        return self._shown(request)

    @extend_schema(
        operation_id="partner_ping_endpoint_register",
        request=PingEndpointOfPartnerSerializer,
        responses={201: PingEndpointsSerializer},
        examples=[OpenApiExample("register", {"url": "https://hooks.example.org/told"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Create a ping endpoint.

        At a host name that the office allowed for you; at most three. `secret` is shown this once.
        """
        check_parameters(request.query_params, ())
        given = PingEndpointOfPartnerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        by, now = self._actor(request), timezone.now()
        _, secret = services.register_ping_endpoint(
            stream_of(request), given.validated_data["url"], by=by, at=now, expected=ANY_VERSION
        )
        return self._shown(request, secret, status=201)


class PingEndpointView(_PingView):
    http_method_names = ["post"]

    @extend_schema(
        operation_id="partner_ping_endpoint_step",
        request=PingStepOfPartnerSerializer,
        responses=PingEndpointsSerializer,
        examples=[OpenApiExample("test", {"step": "test"}, request_only=True)],
    )
    def post(self, request: Request, endpoint_id: UUID) -> Response:
        """Update a ping endpoint.

        Test it, rotate its secret, disable or enable it. For a day after `rotate`, pings carry two signatures.
        What the office disabled (`is_held`) it enables again.
        """
        check_parameters(request.query_params, ())
        given = PingStepOfPartnerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self._shown(request, self._carry_out(request, endpoint_id, **given.validated_data))

    def _carry_out(self, request: Request, endpoint_id: UUID, *, step: str, reason: str = "") -> str | None:
        """Do one step; return a new secret, if there is one."""
        partner_id, by, now = stream_of(request), self._actor(request), timezone.now()
        if step == "rotate":
            return services.rotate_ping_secret(partner_id, endpoint_id, by=by, at=now)
        if step == "test":
            services.send_test_ping(partner_id, endpoint_id, by=by, at=now)
        elif step == "enable":
            services.enable_ping_endpoint(partner_id, endpoint_id, by=by, at=now, expected=ANY_VERSION)
        else:
            services.disable_ping_endpoint(partner_id, endpoint_id, by=by, at=now, expected=ANY_VERSION, reason=reason)
        return None

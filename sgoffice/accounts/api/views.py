"""GET /me, the tokens and the calendar links of one's own."""

from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from sgoffice.accounts import services
from sgoffice.accounts.api.serializers import (
    CalendarLinkListSerializer,
    CalendarLinkRequestSerializer,
    CalendarLinkSerializer,
    IssuedCalendarLinkSerializer,
    IssuedTokenSerializer,
    MeSerializer,
    TokenListSerializer,
    TokenRequestSerializer,
    TokenSerializer,
)
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.records.actors import Permission


class OwnView(APIView):
    """What everybody who signed in may do for themselves."""

    http_method_names: ClassVar = ["get", "head", "post", "delete"]
    parser_classes: ClassVar = [StrictJSONParser]

    def check_permissions(self, request: Request) -> None:
        """Ask for somebody who may read at all, and for no parameters: none means anything here."""
        if not actor_of(request).may(Permission.READ):
            self.permission_denied(request)
        check_parameters(request.query_params, ())


class MeView(OwnView):
    """The one who asks."""

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Return who you are and what you may do."""
        return Response(MeSerializer(request.user).data)


class TokensView(OwnView):
    """Tokens of one's own."""

    examples: ClassVar = {"post": {"name": "Export every night", "days": 90}}

    @extend_schema(operation_id="me_tokens_list", responses=TokenListSerializer)
    def get(self, request: Request) -> Response:
        """Return your tokens, newest first; never the tokens themselves."""
        return Response({"results": TokenSerializer(request.user.tokens.all(), many=True).data})

    @extend_schema(
        operation_id="me_tokens_create", request=TokenRequestSerializer, responses={201: IssuedTokenSerializer}
    )
    def post(self, request: Request) -> Response:
        """Issue a token for a program of yours; it is shown once, in this answer."""
        serializer = TokenRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        lifetime = timedelta(days=serializer.validated_data["days"])
        token = services.issue_token(
            request.user, name=serializer.validated_data["name"], at=timezone.now(), lifetime=lifetime
        )
        return Response({"token": token}, status=201, headers={"Cache-Control": "no-store"})


class TokenView(OwnView):
    """One token of one's own."""

    @extend_schema(operation_id="me_tokens_revoke", request=None, responses={200: TokenSerializer})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke a token: the next request with it is refused."""
        return Response(TokenSerializer(services.revoke_token(token_id, of=request.user, at=timezone.now())).data)


class CalendarLinksView(OwnView):
    """Calendar links of one's own."""

    examples: ClassVar = {"post": {"name": "Telephone"}}

    @extend_schema(operation_id="me_calendar_links_list", responses=CalendarLinkListSerializer)
    def get(self, request: Request) -> Response:
        """Return your calendar links, newest first; never their addresses."""
        return Response({"results": CalendarLinkSerializer(request.user.calendar_links.all(), many=True).data})

    @extend_schema(
        operation_id="me_calendar_links_create",
        request=CalendarLinkRequestSerializer,
        responses={201: IssuedCalendarLinkSerializer},
    )
    def post(self, request: Request) -> Response:
        """Make an address to which a calendar program subscribes; it is shown once, in this answer.

        It shows the diary as you may see it, until you revoke the link. The filters of `/engagements` may be added to
        the address, as in `?country=SG`; without `from` it begins sixty days ago. What was cancelled stays in it for
        sixty days; a restricted engagement is in it without its title and place.
        """
        serializer = CalendarLinkRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        secret = services.issue_calendar_link(request.user, name=serializer.validated_data["name"], at=timezone.now())
        address = request.build_absolute_uri(reverse("calendar", kwargs={"secret": secret}))
        return Response({"address": address}, status=201, headers={"Cache-Control": "no-store"})


class CalendarLinkView(OwnView):
    """One calendar link of one's own."""

    @extend_schema(operation_id="me_calendar_links_revoke", request=None, responses={200: CalendarLinkSerializer})
    def delete(self, request: Request, link_id: UUID) -> Response:
        """Revoke a calendar link: the next read of it finds nothing."""
        link = services.revoke_calendar_link(link_id, of=request.user, at=timezone.now())
        return Response(CalendarLinkSerializer(link).data)

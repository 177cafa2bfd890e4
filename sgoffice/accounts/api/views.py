"""/me: the signed-in user, their access tokens and calendar links."""

from datetime import timedelta
from typing import ClassVar, cast
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
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
from sgoffice.accounts.models import AccessToken, User
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.records.actors import Permission


class OwnView(APIView):
    """A view of the signed-in user's own data."""

    http_method_names = ["get", "head", "post", "delete"]
    parser_classes = [StrictJSONParser]

    def check_permissions(self, request: Request) -> None:
        """Require permission to read, and no query parameters."""
        if not actor_of(request).may(Permission.READ):
            self.permission_denied(request)
        check_parameters(request.query_params, ())


def _user(request: Request) -> User:
    return cast("User", request.user)  # check_permissions() refuses everybody else


class MeView(OwnView):
    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Get your account and permissions."""
        return Response(MeSerializer(request.user).data)


def _require_second_factor_shown(request: Request) -> None:
    """Refuse a token that would outlive itself by what it issues, where a second factor is asked of its owner."""
    if isinstance(request.auth, AccessToken) and services.is_asked_second_factor(_user(request)):
        raise PermissionDenied("You sign in with a second factor: issue this in the browser, not with a token.")


class TokensView(OwnView):
    examples: ClassVar = {"post": {"name": "Export every night", "days": 90}}

    @extend_schema(operation_id="me_tokens_list", responses=TokenListSerializer)
    def get(self, request: Request) -> Response:
        """List your access tokens.

        Newest first, without the tokens themselves.
        """
        return Response({"results": TokenSerializer(_user(request).tokens.all(), many=True).data})

    @extend_schema(
        operation_id="me_tokens_create", request=TokenRequestSerializer, responses={201: IssuedTokenSerializer}
    )
    def post(self, request: Request) -> Response:
        """Issue an access token.

        It is for one of your programs; only this response shows it. Who signs in with a second factor issues tokens
        where they showed it: in the browser, not with another token.
        """
        _require_second_factor_shown(request)
        serializer = TokenRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now = serializer.validated_data, timezone.now()
        token = services.issue_token(
            _user(request), name=values["name"], scope=values["scope"], at=now, lifetime=timedelta(days=values["days"])
        )
        return Response({"token": token}, status=201, headers={"Cache-Control": "no-store"})


class TokenView(OwnView):
    @extend_schema(operation_id="me_tokens_revoke", request=None, responses={200: TokenSerializer})
    def delete(self, request: Request, token_id: UUID) -> Response:
        """Revoke an access token.

        The next request with it is refused.
        """
        token = services.revoke_token(token_id, of=_user(request), by=actor_of(request), at=timezone.now())
        return Response(TokenSerializer(token).data)


class CalendarLinksView(OwnView):
    examples: ClassVar = {"post": {"name": "Telephone"}}

    @extend_schema(operation_id="me_calendar_links_list", responses=CalendarLinkListSerializer)
    def get(self, request: Request) -> Response:
        """List your calendar links.

        Newest first, without their addresses.
        """
        return Response({"results": CalendarLinkSerializer(_user(request).calendar_links.all(), many=True).data})

    @extend_schema(
        operation_id="me_calendar_links_create",
        request=CalendarLinkRequestSerializer,
        responses={201: IssuedCalendarLinkSerializer},
    )
    def post(self, request: Request) -> Response:
        """Create a calendar link.

        A calendar program can subscribe to its address, which only this response shows. The calendar has the diary as
        you may see it, for a year or until you revoke the link. You may add filters of `/engagements` to the address,
        as in `?country=SG`; without `from` it begins sixty days ago. Cancelled engagements stay for sixty days;
        restricted ones appear without title and place. Who signs in with a second factor creates it in the browser.
        """
        _require_second_factor_shown(request)
        serializer = CalendarLinkRequestSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, now = serializer.validated_data, timezone.now()
        secret = services.issue_calendar_link(
            _user(request), name=values["name"], at=now, lifetime=timedelta(days=values["days"])
        )
        address = request.build_absolute_uri(reverse("calendar", kwargs={"secret": secret}))
        return Response({"address": address}, status=201, headers={"Cache-Control": "no-store"})


class CalendarLinkView(OwnView):
    @extend_schema(operation_id="me_calendar_links_revoke", request=None, responses={200: CalendarLinkSerializer})
    def delete(self, request: Request, link_id: UUID) -> Response:
        """Revoke a calendar link.

        The next read with it finds nothing.
        """
        link = services.revoke_calendar_link(link_id, of=_user(request), by=actor_of(request), at=timezone.now())
        return Response(CalendarLinkSerializer(link).data)

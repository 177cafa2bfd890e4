"""Engagements as calendars: one as a file, the diary by a link, and proposals from invitations."""

import hashlib
from datetime import timedelta
from typing import Any, ClassVar, cast
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from engagements.api.diary import calendar_entries, subscribed_engagements
from engagements.api.filters import EngagementFilterSet
from engagements.api.proposals import InvitationSerializer, ProposalSerializer, proposal_of
from engagements.models import Engagement
from sgoffice.accounts.authentication import CalendarLinkAuthentication
from sgoffice.accounts.models import CalendarLink
from sgoffice.api.actors import actor_of
from sgoffice.api.filters import check_parameters
from sgoffice.api.icalendar import MEDIA_TYPE, CalendarRenderer, calendar_of
from sgoffice.api.invitations.parsers import (
    MESSAGE,
    OUTLOOK,
    CalendarParser,
    MessageParser,
    OutlookParser,
    ReceivedFile,
)
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.redirections import moved
from sgoffice.api.renderers import FormatNegotiation
from sgoffice.records.actors import Actor
from sgoffice.records.errors import RuleViolation, UnknownRecord

_EXAMPLE = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:20260320-1@example.org
DTSTAMP:20260301T080000Z
DTSTART;TZID=Asia/Singapore:20260320T093000
DTEND;TZID=Asia/Singapore:20260320T101500
SUMMARY:Meeting with the Minister
LOCATION:Ministry of Home Affairs
ATTENDEE;CN=Josephine Teo;PARTSTAT=ACCEPTED:mailto:minister@example.org
END:VEVENT
END:VCALENDAR
"""
REFRESH = timedelta(hours=1)


class CalendarView(APIView):
    """One engagement as a calendar file."""

    http_method_names = ["get", "head"]
    renderer_classes = [CalendarRenderer]
    content_negotiation_class = FormatNegotiation
    has_etag: ClassVar[bool] = True
    is_redirected: ClassVar[bool] = True
    may_be_refused: ClassVar[bool] = True

    @extend_schema(
        summary="Get an engagement as a calendar file",
        responses={
            (200, MEDIA_TYPE): OpenApiResponse(OpenApiTypes.STR, description="A calendar (RFC 5545) with one event."),
        },
    )
    def get(self, request: Request, pk: str) -> HttpResponse:
        """Return an engagement as an event; its `UID` never changes, `SEQUENCE` grows with time, place or status.

        Without an hour it is an event of whole days. With an imprecise date it covers all possible days and leaves them
        free. For a restricted engagement only its reference is shown.
        """
        engagement = _find(pk, actor_of(request))
        check_parameters(request.query_params, {"format"})
        if engagement.merged_into_id is not None:
            return moved(request, engagement.merged_into_id)
        if engagement.held is None:
            raise RuleViolation(
                "The engagement has no date yet, so it cannot be in a calendar.", rule="date-needed", pointer=""
            )
        entries = calendar_entries([engagement], _address_in(request))
        answer = _answer(request, calendar_of(entries, name=engagement.reference))
        answer["Content-Disposition"] = f'inline; filename="{engagement.reference}.ics"'
        return answer


class SubscriptionView(APIView):
    """The diary by a calendar link, with the rights of its user."""

    http_method_names = ["get", "head"]
    authentication_classes = [CalendarLinkAuthentication]
    renderer_classes = [CalendarRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, secret: str) -> HttpResponse:
        """Return the diary; takes the filters of /engagements."""
        seen = Engagement.objects.visible_to(actor_of(request)).live()
        rows = EngagementFilterSet(request.query_params, queryset=seen, request=request).rows()
        is_dated = bool(request.query_params.get("from") or request.query_params.get("until"))
        found = subscribed_engagements(rows, at=timezone.now(), is_dated=is_dated)
        entries = calendar_entries(found, _address_in(request))
        name = f"Register: {cast(CalendarLink, request.auth).name}"
        return _answer(request, calendar_of(entries, name=name, refresh=REFRESH))


class InvitationView(APIView):
    """An invitation to make an engagement of."""

    http_method_names = ["post"]
    parser_classes = [StrictJSONParser, CalendarParser, MessageParser, OutlookParser]
    examples: ClassVar = {"post": {"calendar": _EXAMPLE, "time_zone": "Asia/Singapore"}}

    @extend_schema(
        operation_id="engagements_from_calendar",
        summary="Propose an engagement from an invitation",
        request={
            "application/json": InvitationSerializer,
            MEDIA_TYPE: OpenApiTypes.STR,
            MESSAGE: OpenApiTypes.STR,
            OUTLOOK: OpenApiTypes.BINARY,
        },
        parameters=[
            OpenApiParameter("time_zone", str, description="As `time_zone` of the JSON body, for a file as the body.")
        ],
        responses=ProposalSerializer,
    )
    def post(self, request: Request) -> HttpResponse:
        """Read the first event of a calendar file and return the tentative entry that it proposes.

        Nothing is written: read `notes`, identify the people in `unplaced`, and post `entry` to `/engagements`. People
        are matched by e-mail address, or by name if it is surely theirs. `same_as` is the engagement that the
        invitation was made from or that was made of it, with the step that the message asks for. The body is the file
        itself as `text/calendar`, an e-mail with the file inside as `message/rfc822`, a message or meeting that
        Outlook saved (.msg) as `application/vnd.ms-outlook`, or JSON.
        """
        check_parameters(request.query_params, {"time_zone"})
        body: Any = request.data
        envelope = {}
        if isinstance(body, ReceivedFile):
            envelope = {"charset": body.charset, "method": body.method}
            body = {"calendar": body.octets}
        if isinstance(body, dict) and "time_zone" in request.query_params:
            body = {"time_zone": request.query_params["time_zone"], **body}
        serializer = InvitationSerializer(data=body, context=envelope)
        serializer.is_valid(raise_exception=True)
        found = serializer.validated_data
        proposal = proposal_of(found["calendar"], found.get("time_zone", ""), actor=actor_of(request))
        return HttpResponse(orjson.dumps(proposal), content_type="application/json")


def _find(key: str, actor: Actor) -> Engagement:
    rows = Engagement.objects.visible_to(actor).select_related("country", "office")
    try:
        found = rows.filter(pk=UUID(key)).first()
    except ValueError:
        found = rows.filter(reference=key).first()
    if found is None:
        raise UnknownRecord(Engagement.record_kind, key)
    return found


def _address_in(request: Request) -> Any:
    """Return how to address an engagement for people: the API asks for a token, which no calendar program has."""
    return lambda pk: request.build_absolute_uri(reverse("admin:engagements_engagement_change", args=[pk]))


def _answer(request: Request, calendar: bytes) -> HttpResponse:
    etag = f'"{hashlib.sha256(calendar).hexdigest()[:16]}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(calendar, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer["ETag"] = etag
    return answer

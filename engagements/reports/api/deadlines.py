"""GET /deadlines: everything with a day by which the office must act, soonest first."""

from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.http import QueryDict
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from engagements.reports import services
from engagements.reports.api.answers import ON, day_of
from engagements.reports.api.deadline_calendar import CALENDAR, calendar_answer
from engagements.reports.api.examples import DEADLINES
from engagements.reports.services import report_types
from engagements.reports.services.deadline_table import TABLE, pieces_of
from engagements.reports.services.deadlines import MOST
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.exports import RENDERERS, filters_of, form_of, table_file
from sgoffice.api.fields import NAMED_RECORD, CountryCode
from sgoffice.api.filters import check_parameters
from sgoffice.api.icalendar import CalendarRenderer
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.api.renderers import FormatNegotiation
from sgoffice.api.schema.parameters import OF_FILES, as_files
from sgoffice.changes.references import find_each
from sgoffice.records.actors import Actor
from sgoffice.records.models import Marking
from sgoffice.records.references import kind_named

MOST_DAYS = 3660
_KNOWN = frozenset({"on", "within", "kind", "country", "organization", "overdue"})
CALENDAR_FORM = CalendarRenderer.format
_FORMAT = OpenApiParameter("format", str, enum=[*OF_FILES[0].enum, CALENDAR_FORM], description=OF_FILES[0].description)
_FLAGS = {"true": True, "false": False}
_PARAMETERS = [
    ON,
    OpenApiParameter(
        "within", {"type": "integer", "minimum": 0, "maximum": MOST_DAYS, "default": 90}, description="Days ahead."
    ),
    OpenApiParameter("kind", {"type": "array", "items": {"type": "string", "enum": DeadlineKind.values}},
        description="Only these kinds: repeat the parameter or separate with commas.", explode=True),
    OpenApiParameter("country", str, description="Only what concerns a counterpart of this country: code or name."),
    OpenApiParameter("organization", NAMED_RECORD, description="Only what concerns this organization."),
    OpenApiParameter("overdue", bool, description="True: only what is overdue; false: only what is not."),
]  # fmt: skip


class DeadlineLineSerializer(serializers.Serializer):
    """What the office has to do, by when, and about which record."""

    kind = serializers.ChoiceField(choices=DeadlineKind.choices)
    day = serializers.DateField(allow_null=True, help_text="By when; null if there is no day.")
    days_left = serializers.IntegerField(allow_null=True, help_text="Days from `on`; negative when overdue.")
    is_overdue = serializers.BooleanField(help_text="The day is before `on`, and it is not done.")
    sentence = serializers.CharField(help_text="What to do next, in plain words.")
    record = shape_of(report_types.Mention)(help_text="The record it comes from.")
    counterparts = shape_of(report_types.Counterparty)(many=True, help_text="Who is concerned besides the office.")
    owner = serializers.CharField(allow_blank=True, help_text="Who is responsible: a member of staff, a unit, a body.")
    session = shape_of(report_types.Mention)(
        allow_null=True, help_text="The next session of the body whose approval is missing, if one is planned."
    )


class DeadlinesSerializer(serializers.Serializer):
    """What the office has to do until a day, soonest first; deadlines without a day come last."""

    on = serializers.DateField(help_text="The day from which days are counted; today by default.")
    until = serializers.DateField(help_text="The last day of the list.")
    marking = serializers.ChoiceField(choices=Marking.choices, help_text="The highest marking of all records named.")
    count = serializers.IntegerField(help_text="How many there are in total.")
    results = DeadlineLineSerializer(many=True, help_text=f"The deadlines, at most {MOST}.")


class DeadlinesView(APIView):
    """The list of deadlines."""

    http_method_names: ClassVar = ["get", "head"]
    renderer_classes: ClassVar = [*RENDERERS, CalendarRenderer]
    content_negotiation_class = FormatNegotiation
    #: For the API document.
    has_etag: ClassVar[bool] = True

    @extend_schema(
        operation_id="deadlines",
        summary="List deadlines",
        responses={**as_files(DeadlinesSerializer), (200, CALENDAR): OpenApiTypes.STR},
        parameters=[*_PARAMETERS, _FORMAT, *OF_FILES[1:]],
        examples=[OpenApiExample("A notice and an action item", DEADLINES, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """List everything with a day by which the office must act, soonest first.

        Notice before a tacit renewal, agreements that end or enter into force, missing approvals, mandates, action
        items, terms of office, requests that need an answer. Overdue deadlines come first and are flagged; those
        without a day come last. The list shows what is known today; `on` only moves the day that days count from.

        A file has all of them. `format=ics` is a calendar of those that have a day, each with two alarms; of what is
        restricted it tells the reference alone. `/calendars/{secret}/deadlines.ics` is the same for a calendar program,
        by the address of a calendar link.
        """
        chosen: Any = request.accepted_renderer
        form = form_of(request) or (CALENDAR_FORM if chosen.format == CalendarRenderer.format else None)
        wanted, by = deadlines_asked(request, filters_of(request, form)), actor_of(request)
        if form is None:
            return tagged_answer(request, orjson.dumps(services.deadlines_ahead(wanted, by=by)))
        if form == CALENDAR_FORM:
            return calendar_answer(request, wanted, by, name="Register: deadlines")
        return table_file(request, TABLE, lambda: pieces_of(wanted, by), form)


def deadlines_asked(request: Request, given: QueryDict) -> services.DeadlineFilter:
    """Return what is asked for; raises ValidationError (400) naming the parameter."""
    check_parameters(given, _KNOWN, many={"kind"})
    more: dict[str, Any] = {}
    if "within" in given:
        more["within"] = _days(given["within"])
    if "kind" in given:
        more["kinds"] = _kinds(given.getlist("kind"))
    if "overdue" in given:
        if given["overdue"] not in _FLAGS:
            raise invalid("overdue", "Write true or false.")
        more["overdue"] = _FLAGS[given["overdue"]]
    return services.DeadlineFilter(
        on=day_of(request), country=_country(given), organization=_organization(given, actor_of(request)), **more
    )


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_DAYS)) and int(text) <= MOST_DAYS):
        raise invalid("within", f"Write a number of days from 0 to {MOST_DAYS}.")
    return int(text)


def _kinds(texts: list[str]) -> frozenset[str]:
    kinds = frozenset(kind for text in texts for kind in text.split(",") if kind)
    if not kinds or kinds - set(DeadlineKind.values):
        raise invalid("kind", f"Each is one of: {', '.join(DeadlineKind.values)}.")
    return kinds


def _country(given: QueryDict) -> str:
    if "country" not in given:
        return ""
    try:
        return CountryCode().to_internal_value(given["country"])
    except ValidationError as error:
        raise invalid("country", str(error.detail[0])) from None


def _organization(given: QueryDict, by: Actor) -> UUID | None:
    if "organization" not in given:
        return None
    try:
        return UUID(given["organization"])
    except ValueError:
        named = {"/organization": (kind_named("organization"), given["organization"])}
    return find_each(named, by=by, readers=None)["/organization"].id

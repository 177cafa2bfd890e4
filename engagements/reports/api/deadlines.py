"""GET /deadlines: everything with a day by which the office must act, soonest first."""

from typing import Any, ClassVar
from uuid import UUID

import orjson
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from engagements.reports import services
from engagements.reports.api.answers import ON, day_of
from engagements.reports.api.examples import DEADLINES
from engagements.reports.services import report_types
from engagements.reports.services.deadlines import MOST
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.fields import CountryCode, Identifier
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.records.models import Marking

MOST_DAYS = 3660
_KNOWN = frozenset({"on", "within", "kind", "country", "organization", "overdue"})
_FLAGS = {"true": True, "false": False}
_PARAMETERS = [
    ON,
    OpenApiParameter(
        "within", {"type": "integer", "minimum": 0, "maximum": MOST_DAYS, "default": 90}, description="Days ahead."
    ),
    OpenApiParameter("kind", {"type": "array", "items": {"type": "string", "enum": DeadlineKind.values}},
        description="Only these kinds: repeat the parameter or separate with commas.", explode=True),
    OpenApiParameter("country", str, description="Only what concerns a counterpart of this country: code or name."),
    OpenApiParameter("organization", OpenApiTypes.UUID, description="Only what concerns this organization."),
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
    #: For the API document.
    has_etag: ClassVar[bool] = True

    @extend_schema(
        operation_id="deadlines",
        summary="List deadlines",
        responses=DeadlinesSerializer,
        parameters=_PARAMETERS,
        examples=[OpenApiExample("A notice and an action item", DEADLINES, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """List everything with a day by which the office must act, soonest first.

        Notice before a tacit renewal, agreements that end or enter into force, missing approvals, mandates, action
        items, terms of office, requests that need an answer. Overdue deadlines come first and are flagged; those
        without a day come last. The list shows what is known today; `on` only moves the day that days count from.
        """
        wanted = _wanted(request)
        found = services.deadlines_ahead(wanted, by=actor_of(request))
        return tagged_answer(request, orjson.dumps(found))


def _wanted(request: Request) -> services.DeadlineFilter:
    """Return what is asked for; raises ValidationError (400) naming the parameter."""
    given = request.query_params
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
        on=day_of(request), country=_country(given), organization=_organization(given), **more
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


def _country(given: Any) -> str:
    if "country" not in given:
        return ""
    try:
        return CountryCode().to_internal_value(given["country"])
    except ValidationError as error:
        raise invalid("country", str(error.detail[0])) from None


def _organization(given: Any) -> UUID | None:
    if "organization" not in given:
        return None
    try:
        return Identifier().to_internal_value(given["organization"])
    except ValidationError as error:
        raise invalid("organization", str(error.detail[0])) from None

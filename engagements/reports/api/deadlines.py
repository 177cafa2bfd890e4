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
from engagements.reports.services import lines
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
        "within", {"type": "integer", "minimum": 0, "maximum": MOST_DAYS, "default": 90}, description="So many days on."
    ),
    OpenApiParameter("kind", {"type": "array", "items": {"type": "string", "enum": DeadlineKind.values}},
        description="Only these kinds, repeated or with commas between.", explode=True),
    OpenApiParameter("country", str, description="Only what concerns a counterpart of this country (its code)."),
    OpenApiParameter("organization", OpenApiTypes.UUID, description="Only what concerns this organization."),
    OpenApiParameter("overdue", bool, description="Only what is overdue, or only what is not; both unless said."),
]  # fmt: skip


class DeadlineLineSerializer(serializers.Serializer):
    """What the office has to do, by when, and about which record."""

    kind = serializers.ChoiceField(choices=DeadlineKind.choices)
    day = serializers.DateField(allow_null=True, help_text="By when; null: nothing says when.")
    days_left = serializers.IntegerField(allow_null=True, help_text="From the day asked for; below zero when overdue.")
    is_overdue = serializers.BooleanField(help_text="It was to be done before the day, and nobody has.")
    sentence = serializers.CharField(help_text="What to do next, in plain words.")
    record = shape_of(lines.Mention)(help_text="The record that says so.")
    counterparts = shape_of(lines.Counterparty)(many=True, help_text="Whom it concerns besides the office.")
    owner = serializers.CharField(allow_blank=True, help_text="Who sees to it: a member of staff, a unit, a body.")
    session = shape_of(lines.Mention)(
        allow_null=True, help_text="The next session of the body whose approval is missing, if one is planned."
    )


class DeadlinesSerializer(serializers.Serializer):
    """What the office has to do until a day, soonest first; what has no day stands last."""

    on = serializers.DateField(help_text="The day from which days are counted; today unless said.")
    until = serializers.DateField(help_text="The last day of the list.")
    marking = serializers.ChoiceField(choices=Marking.choices, help_text="The highest of all that is mentioned.")
    count = serializers.IntegerField(help_text="How many there are in all.")
    results = DeadlineLineSerializer(many=True, help_text=f"The deadlines, {MOST} at most.")


class DeadlinesView(APIView):
    """The list of deadlines."""

    http_method_names: ClassVar = ["get", "head"]
    #: For the API document.
    has_etag: ClassVar[bool] = True

    @extend_schema(
        operation_id="deadlines",
        summary="What has to be done by a day",
        responses=DeadlinesSerializer,
        parameters=_PARAMETERS,
        examples=[OpenApiExample("A notice and an action item", DEADLINES, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """List everything with a day by which the office must act, soonest first.

        Notice before a tacit renewal, agreements that end or enter into force, approvals that are missing, mandates,
        action items, terms of office, requests that want an answer. What is overdue stands first and is flagged; what
        has no day stands last. All as it is known today: another day in `on` moves what the days are counted from.
        """
        wanted = _wanted(request)
        found = services.deadlines_ahead(wanted, by=actor_of(request))
        return tagged_answer(request, orjson.dumps(found))


def _wanted(request: Request) -> services.Wanted:
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
    return services.Wanted(on=day_of(request), country=_country(given), organization=_organization(given), **more)


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
        return CountryCode().to_internal_value(given["country"].upper())
    except ValidationError as error:
        raise invalid("country", str(error.detail[0])) from None


def _organization(given: Any) -> UUID | None:
    if "organization" not in given:
        return None
    try:
        return Identifier().to_internal_value(given["organization"])
    except ValidationError as error:
        raise invalid("organization", str(error.detail[0])) from None

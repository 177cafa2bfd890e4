"""GET /reports/…: figures of the log, of promises and of decisions, each with the list behind it."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import orjson
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from engagements.reports import services
from engagements.reports.api.answers import ON, PageRenderer, ReportView, page_answer
from engagements.reports.api.examples import ACTIVITY
from engagements.reports.services import report_types
from engagements.reports.services.activity import MOST_DAYS
from engagements.reports.services.figures import TABLE, pieces_of
from engagements.reports.services.pictures import shown_report
from sgoffice.admin.formatting import readable_date
from sgoffice.api.actors import actor_of
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.exports import BOM, XlsxRenderer, table_file
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.api.renderers import CsvRenderer, JSONRenderer
from sgoffice.exports.spreadsheets import FORMS
from sgoffice.records.models import Marking

F = TypeVar("F", bound=Callable[..., Any])
_FLAGS = {"true", "false"}
_PERIOD = (
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day; by default that of the year of `until`."),
    OpenApiParameter("until", OpenApiTypes.DATE, description=f"The last day; today by default. {MOST_DAYS} at most."),
)  # fmt: skip
_WITHIN = OpenApiParameter(
    "within",
    {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": 365},
    description="The target: a contact in so many days up to `on`.",
)
_YEAR = OpenApiParameter(
    "year", {"type": "integer", "minimum": 1900, "maximum": 2200}, description="The year; this one by default."
)
_FORMS = [
    OpenApiParameter(
        "format",
        str,
        enum=["json", "html", "csv", "xlsx"],
        description="json, a page to print, or a file with a row for each figure; by default `Accept` decides.",
    ),
    OpenApiParameter(BOM, bool, description="With csv: true begins it with a byte order mark, as Excel expects."),
]


class FigureSerializer(serializers.Serializer):
    """A number, and the address of the list behind it."""

    label: Any = serializers.CharField(help_text="What it counts, in words.")
    key = serializers.CharField(allow_blank=True, help_text="The value of the filter that keeps what it counts.")
    value = serializers.IntegerField()
    before = serializers.IntegerField(allow_null=True, help_text="The value of the year before, in an annual report.")
    rows = serializers.IntegerField(help_text="Records in the list at `url`; the value itself where it counts records.")
    url = serializers.CharField(help_text="The list, with the filters that keep exactly what was counted.")
    last = serializers.CharField(allow_null=True, help_text="When the last contact was (EDTF), in coverage.")
    level = serializers.CharField(allow_blank=True, help_text="The level of the last contact, in words.")
    record = shape_of(report_types.Mention)(allow_null=True, help_text="The last contact.")


class FigureTableSerializer(serializers.Serializer):
    """Figures of one sort."""

    name = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField(allow_blank=True, help_text="What the figures count; empty where it differs.")
    figures: Any = FigureSerializer(many=True)


class FigureReportSerializer(serializers.Serializer):
    """Figures of a period, of what you may read."""

    name = serializers.ChoiceField(choices=list(services.REPORTS))
    title = serializers.CharField()
    first = serializers.DateField(help_text="The first day.")
    last = serializers.DateField(help_text="The last day.")
    marking = serializers.ChoiceField(choices=Marking.choices, help_text="The highest marking of what is counted.")
    tables: Any = FigureTableSerializer(many=True)


_ANSWERS = {
    (200, "application/json"): FigureReportSerializer,
    (200, "text/html"): OpenApiTypes.STR,
    (200, "text/csv"): OpenApiTypes.STR,
    (200, FORMS["xlsx"].media_type): OpenApiTypes.BINARY,
}
_EXAMPLE = OpenApiExample("A year", ACTIVITY, response_only=True, media_type="application/json")


def _documented(summary: str, *parameters: OpenApiParameter) -> Callable[[F], F]:
    shared: Any = {"responses": _ANSWERS, "parameters": [*parameters, *_FORMS], "examples": [_EXAMPLE]}
    return extend_schema(summary=summary, **shared)


class FigureReportView(ReportView):
    """A report of figures in the form that is asked for."""

    name: ClassVar[str]
    renderer_classes: ClassVar[Any] = [JSONRenderer, PageRenderer, CsvRenderer, XlsxRenderer]  # type: ignore[misc] # a constant
    is_redirected: ClassVar[bool] = False

    def report_answer(self, request: Request) -> HttpResponseBase:
        """Return the report; raises ValidationError (400) naming the parameter."""
        given, chosen = request.query_params, request.accepted_renderer.format
        check_parameters(given, {*services.REPORTS[self.name].parameters, "format", BOM})
        if BOM in given and (chosen != CsvRenderer.format or given[BOM] not in _FLAGS):
            raise invalid(BOM, "Write true or false, and ask for CSV.")
        try:
            found = services.make_report(self.name, given, by=actor_of(request), today=timezone.localdate())
        except services.UnclearParameter as error:
            raise invalid(error.name, error.advice) from None
        if chosen in FORMS:
            return table_file(request, TABLE, lambda: pieces_of(found), chosen)
        if chosen == PageRenderer.format:
            return page_answer(request, "reports/figures.html", {"report": found, **shown_report(found, readable_date)})
        return tagged_answer(request, orjson.dumps(found))


class ActivityView(FigureReportView):
    """The report of activity."""

    name = "activity"

    @_documented("Report the activity of a period", *_PERIOD)
    def get(self, request: Request) -> HttpResponseBase:
        """Count what was held in a period by month, kind, region, level and topic.

        A date that can mean days of several months counts in each of them, a meeting with several countries in the
        region of each. Regions are the widest ones of each scheme.
        """
        return self.report_answer(request)


class CoverageView(FigureReportView):
    """The report of coverage."""

    name = "coverage"

    @_documented("Report whom we met and whom not", ON, _WITHIN)
    def get(self, request: Request) -> HttpResponseBase:
        """Count contacts by country, region, organization and level, with the last one of each.

        A figure of 0 is a gap against the target of a contact in `within` days. All member countries and regions are
        listed, of organizations those that were ever met.
        """
        return self.report_answer(request)


class PromisesView(FigureReportView):
    """The report of promises."""

    name = "promises"

    @_documented("Report promises kept and late", *_PERIOD)
    def get(self, request: Request) -> HttpResponseBase:
        """Count the action items of each side that were due in a period by what became of them.

        What has no day by which it is due is in no period.
        """
        return self.report_answer(request)


class FollowUpView(FigureReportView):
    """The report on decisions."""

    name = "follow-up"

    @_documented("Report the follow-up on decisions by session", *_PERIOD)
    def get(self, request: Request) -> HttpResponseBase:
        """Count decisions, their mandates and those that are not completed, by session of a period."""
        return self.report_answer(request)


class AnnualView(FigureReportView):
    """The figures of a year."""

    name = "annual"

    @_documented("Report the figures of a year", _YEAR)
    def get(self, request: Request) -> HttpResponseBase:
        """Count meetings, visits, countries and days abroad of a year, by level and topic, against the year before.

        Abroad is what took place in person in another country than that of our headquarters; a date that is not exact
        counts as one day. Countries and days are counted from the engagements that their lists have.
        """
        return self.report_answer(request)

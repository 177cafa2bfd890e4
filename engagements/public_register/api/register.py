"""GET /reports/public-register: what the public would read of a period, and what the checker says of it."""

from typing import Any, ClassVar

import orjson
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework.request import Request

from engagements.public_register import services
from engagements.public_register.api.examples import DRAFT
from engagements.public_register.services.register_table import TABLE, pieces_of
from engagements.reports.api.answers import ReportView
from engagements.reports.services import UnclearParameter
from engagements.reports.services.report_kinds import Asked
from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.exports import BOM, XlsxRenderer, table_file
from sgoffice.api.filters import check_parameters
from sgoffice.api.pagination import invalid
from sgoffice.api.preconditions import tagged_answer
from sgoffice.api.renderers import CsvRenderer, JSONRenderer
from sgoffice.exports.spreadsheets import FORMS

_PARAMETERS = [
    OpenApiParameter("from", OpenApiTypes.DATE, description="The first day; by default that of the year of `until`."),
    OpenApiParameter("until", OpenApiTypes.DATE, description="The last day; today by default."),
    OpenApiParameter(
        "format",
        str,
        enum=["json", "csv", "xlsx"],
        description="json, or a file with a row for each organization; by default `Accept` decides.",
    ),
    OpenApiParameter(BOM, bool, description="With csv: true begins it with a byte order mark, as Excel expects."),
]
_ANSWERS = {
    (200, "application/json"): shape_of(services.Draft),
    (200, "text/csv"): OpenApiTypes.STR,
    (200, FORMS["xlsx"].media_type): OpenApiTypes.BINARY,
}


class PublicRegisterView(ReportView):
    """The public register of a period before it is published."""

    renderer_classes: ClassVar[Any] = [JSONRenderer, CsvRenderer, XlsxRenderer]  # type: ignore[misc] # a constant
    is_redirected: ClassVar[bool] = False

    @extend_schema(
        summary="Get the public register of a period",
        parameters=_PARAMETERS,
        responses=_ANSWERS,
        examples=[OpenApiExample("A quarter", DRAFT, response_only=True, media_type="application/json")],
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Return what was held in a period and is public, and each finding of the checker.

        A finding names the record, its field and what to do. Nothing is published by this: propose the period with
        `POST /reports/public-register/publications`, and another person approves it.
        """
        given, chosen = request.query_params, request.accepted_renderer.format
        check_parameters(given, {"from", "until", "format", BOM})
        if BOM in given and (chosen != CsvRenderer.format or given[BOM] not in {"true", "false"}):
            raise invalid(BOM, "Write true or false, and ask for CSV.")
        try:
            period = Asked(given, timezone.localdate()).period
        except UnclearParameter as error:
            raise invalid(error.name, error.advice) from None
        draft = services.draft_of(period)
        if chosen in FORMS:
            return table_file(request, TABLE, lambda: pieces_of(draft.lines), chosen)
        return tagged_answer(request, orjson.dumps(draft))

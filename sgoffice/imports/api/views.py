"""/imports: spreadsheets that are brought, checked and entered."""

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from sgoffice.api.filters import ManyChoicesFilter, RecordFilterSet, check_parameters
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.api.serializers import EntrySerializer
from sgoffice.api.uploads import MEDIA_TYPE, FormParser
from sgoffice.api.viewsets import SteppedViewSet, read_body
from sgoffice.changes.steps import Step
from sgoffice.imports import services
from sgoffice.imports.api import documents, examples
from sgoffice.imports.api import serializers as shapes
from sgoffice.imports.api.reports import report_answer
from sgoffice.imports.models import Import
from sgoffice.imports.vocabulary import ImportState


class ImportFilterSet(RecordFilterSet):
    """Filters of /imports."""

    state = ManyChoicesFilter(choices=ImportState.choices, label="What becomes of the import.")


class ImportViewSet(SteppedViewSet):
    """Imports of spreadsheets: a dry run first, whose report is read by who brought the file, and by approvers."""

    model = Import
    serializer_class = documents.ImportSerializer
    filterset_class = ImportFilterSet
    entry_serializer = shapes.PastedSerializer
    examples = examples.IMPORTS
    http_method_names = ["get", "head", "post"]
    #: True for the report only.
    has_etag: ClassVar[bool] = False
    is_redirected: ClassVar[bool] = False

    steps = services.STEPS

    @classmethod
    def step_serializer(cls, step: Step) -> type[EntrySerializer]:
        """Return the serializer of a step's body."""
        return shapes.STEP_SERIALIZERS[step.entry]

    def get_parsers(self) -> list[Any]:
        """Return who reads bodies: JSON, and a form with a file where one is brought."""
        is_brought = getattr(self, "action_map", {}).get("post") == "create"
        return [StrictJSONParser(), FormParser()] if is_brought else super().get_parsers()

    # the form first: openapi-generator makes a function of the first only
    @extend_schema(request={MEDIA_TYPE: shapes.FileFormSerializer, "application/json": shapes.PastedSerializer})
    def create(self, request: Request) -> HttpResponse:
        """Bring a spreadsheet as a file in a form, or as a pasted text.

        Nothing is entered: a worker checks all rows, and `report` tells what would come of each.
        """
        is_form = str(request.content_type).startswith(MEDIA_TYPE)
        serializer = read_body(shapes.FileFormSerializer if is_form else shapes.PastedSerializer, request)
        now = timezone.now()
        return self.write(request, lambda: services.take_file(serializer.to_entry(), by=self.actor, at=now), status=201)

    @extend_schema(
        summary="Get the report of an import",
        parameters=[OpenApiParameter("after", int, description="Only rows after this one: `next_after`.")],
        responses=shapes.ImportReportSerializer,
        filters=False,
    )
    @action(detail=True, methods=["get"], has_etag=True, is_redirected=True)
    def report(self, request: Request, pk: str) -> HttpResponse:
        """Tell what would come of each row, what is open, and how far the worker is.

        Nothing that the dry run entered stays in the register. Records that you may not see are left out.
        """
        record_id, survivor = self.find(pk)
        check_parameters(request.query_params, {"after"})
        if survivor is not None:
            return self.moved(request, survivor)
        return report_answer(request, self.get_queryset().get(pk=record_id), by=self.actor)

"""/archive: propose to take the whole register away, and take it once another approver has agreed."""

from typing import Any, ClassVar

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from sgoffice.api.entry_serializers import shape_of
from sgoffice.api.exports import PackageRenderer
from sgoffice.api.filters import check_parameters
from sgoffice.api.viewsets import SteppedViewSet, read_body
from sgoffice.approvals.api.documents import ApprovalSerializer
from sgoffice.approvals.models import Approval
from sgoffice.archives.answers import archive_answer
from sgoffice.archives.whole_register import TakingEntry, propose_taking
from sgoffice.exports.packages import PACKAGE
from sgoffice.records.actors import Permission

TakingSerializer = shape_of(TakingEntry)


class ArchiveViewSet(SteppedViewSet):
    """The whole register in one archive. What was proposed and who approved it stands at `/approvals`."""

    model = Approval
    serializer_class = ApprovalSerializer
    entry_serializer = TakingSerializer
    http_method_names = ["get", "head", "post"]
    may_wait = frozenset({"create"})
    may_be_refused: ClassVar[bool] = True
    examples: ClassVar = {"create": {"purpose": "A copy for the archives of the Organization, as every January."}}

    def get_renderers(self) -> list[Any]:
        """Return who renders: the archive is a file, a proposal is JSON."""
        return [PackageRenderer()] if self.action == "take" else super().get_renderers()

    @extend_schema(summary="Propose to take the whole register away")
    def create(self, request: Request) -> HttpResponse:
        """Propose to take everything that people entered, restricted records, files and history included.

        For approvers: another one decides at `/approvals`, then the first has 24 hours to take it with `GET /archive`.
        """
        self.actor.require(Permission.APPROVE)
        serializer = read_body(TakingSerializer, request)
        return self.write(request, lambda: propose_taking(serializer.to_entry(), by=self.actor), status=202)

    @extend_schema(summary="Download the whole register", responses={(200, PACKAGE.media_type): OpenApiTypes.BINARY})
    def take(self, request: Request) -> HttpResponse | FileResponse:
        """Return the archive to the approver who proposed it, within 24 hours of the approval; otherwise 409.

        It is the register of this instant: JSON lines of each kind, their JSON Schemas, files, the history, and a
        manifest with counts and SHA-256. `manage.py import` brings it into an empty register. The trace tells of it.
        """
        check_parameters(request.query_params, ())
        return archive_answer(request, by=self.actor, at=timezone.now())

"""Files of attachments over HTTP: uploaded as a form, at entry or in place of another one, and downloaded."""

from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from engagements import services
from engagements.api import serializers as shapes
from engagements.models import Attachment, FileContent
from engagements.rules import ENDINGS
from sgoffice.api.filters import check_parameters
from sgoffice.api.parsers import StrictJSONParser
from sgoffice.api.preconditions import is_unchanged
from sgoffice.api.uploads import MEDIA_TYPE, FormParser
from sgoffice.api.viewsets import WritableViewSet, read_body
from sgoffice.changes.door import Expected
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Marking


def _offered(media_type: str, ending: str) -> type[BaseRenderer]:
    """Return a renderer that offers a media type to `Accept`; files are sent as they are stored."""
    return type(f"Renders{ending[1:].title()}", (BaseRenderer,), {"media_type": media_type, "format": ending[1:]})


#: They name the media types of the kept files.
RENDERERS = [_offered(media_type, ending) for media_type, ending in ENDINGS.items()]


ANY_FILE = _offered("application/octet-stream", ".bin")


class FileViews(WritableViewSet):
    """Upload and download of the file of an attachment."""

    #: True for the download only.
    has_etag: ClassVar[bool] = False
    is_redirected: ClassVar[bool] = False
    may_be_refused: ClassVar[bool] = False

    def get_parsers(self) -> list[Any]:
        """Return the parsers: forms where a file may be sent."""
        done = self.action_map.get(str(getattr(self.request, "method", "")).lower(), "")
        if done == "upload":
            return [FormParser()]
        return [StrictJSONParser(), FormParser()] if done == "create" else super().get_parsers()

    # the form first: openapi-generator makes a function of the first only
    @extend_schema(request={MEDIA_TYPE: shapes.UploadSerializer, "application/json": shapes.AttachmentEntrySerializer})
    def create(self, request: Request) -> HttpResponse:
        """Add an attachment: JSON with the address of the file, or a form with the file itself.

        `curl -F engagement=… -F title=Readout -F file=@readout.pdf`. The media type is determined from the content;
        programs and active pages are refused.
        """
        if not (request.content_type or "").startswith(MEDIA_TYPE):
            return super().create(request)
        entry = read_body(shapes.UploadSerializer, request).to_entry()
        return self.write(request, lambda: services.add_attachment(entry, by=self.actor), status=201)

    @extend_schema(
        summary="Replace the file of an attachment",
        request={MEDIA_TYPE: shapes.ReplacementSerializer},
    )
    @action(detail=True, methods=["post"])
    def upload(self, request: Request, pk: str) -> HttpResponse:
        """Upload a new file for an attachment; the digest of the old one stays in its history."""

        def work(record_id: UUID, serializer: Any, expected: Expected) -> Attachment:
            values = serializer.plain(serializer.validated_data)
            reason = values.pop("reason", "")
            patch = Correction(services.AttachmentEntry, values)
            return services.correct_attachment(record_id, patch, by=self.actor, expected=expected, reason=reason)

        return self.change(request, pk, shapes.ReplacementSerializer, work)

    @extend_schema(
        summary="Download the file of an attachment",
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in ENDINGS},
        filters=False,
    )
    @action(
        detail=True,
        methods=["get"],
        renderer_classes=RENDERERS,
        has_etag=True,
        is_redirected=True,
        may_be_refused=True,
    )
    def content(self, request: Request, pk: str) -> HttpResponse:
        """Return the file as uploaded; the ETag is its SHA-256."""
        record_id, survivor = self.find(pk)
        check_parameters(request.query_params, ())
        if survivor is not None:
            return self.moved(request, survivor)
        return _download(request, Attachment.objects.visible_to(self.actor).get(pk=record_id))


def _download(request: Request, attachment: Attachment) -> HttpResponse:
    if attachment.content_id is None:
        where = attachment.address
        raise RuleViolation(f"The file is stored elsewhere: {where}", rule="file-elsewhere", pointer="/address")
    etag = f'"{attachment.content_id}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
    else:
        kept = FileContent.objects.get(pk=attachment.content_id)
        answer = as_download(kept, attachment.media_type, attachment.file_name)
    answer["ETag"] = etag
    is_restricted = attachment.marking == Marking.RESTRICTED
    answer["Cache-Control"] = "no-store" if is_restricted else "private, no-cache"
    return answer


def as_download(kept: FileContent, media_type: str, name: str) -> HttpResponse:
    """Return a file that browsers save, and never open under our origin."""
    answer = HttpResponse(bytes(kept.content), content_type=media_type)
    answer["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer

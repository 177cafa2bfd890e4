"""/partner/attachments/{id}/content: the file of a text that a partner may have."""

import base64
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from engagements.api.files import ANY_FILE, RENDERERS, as_download
from engagements.models import Attachment, FileContent
from engagements.rules import ENDINGS
from sgoffice.api.filters import check_parameters
from sgoffice.api.preconditions import is_unchanged
from sgoffice.partners.api.exchange import PartnerView
from sgoffice.partners.api.kinds import require_scope
from sgoffice.partners.api.records import carried
from sgoffice.records.errors import UnknownRecord


class TextView(PartnerView):
    renderer_classes = [ANY_FILE, *RENDERERS]
    has_etag = True
    is_compressed = False  # files are, and their digest is that of the bytes as they are

    @extend_schema(
        operation_id="partner_attachment_content",
        summary="Download the text of an agreement",
        # generated clients read the first type that they know: bytes
        responses={(200, media_type): OpenApiTypes.BINARY for media_type in (ANY_FILE.media_type, *ENDINGS)},
        tags=["partner"],
    )
    def get(self, request: Request, record_id: UUID) -> HttpResponse:
        """Return the file as it was uploaded.

        The ETag is its SHA-256, which `Repr-Digest` has, too (RFC 9530). A text you may not get answers 404.
        """
        check_parameters(request.query_params, ())
        kind = Attachment.record_kind
        require_scope(request, (kind,))
        rows = carried(request, Attachment.objects.filter(pk=record_id))
        found: Any = rows.values_list("content", "media_type", "reference").first()
        if found is None:
            raise UnknownRecord(kind, record_id)
        return _download(request, *found)


def _download(request: Request, sha256: str, media_type: str, reference: str) -> HttpResponse:
    etag = f'"{sha256}"'
    if is_unchanged(request, etag):
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
    else:
        # named by its reference: the name under which staff uploaded it is theirs
        answer = as_download(FileContent.objects.get(pk=sha256), media_type, f"{reference}{ENDINGS[media_type]}")
        answer["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(sha256)).decode()}:"
    answer["ETag"] = etag
    return answer

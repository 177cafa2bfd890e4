"""Validate an uploaded file, store it by its digest and record its metadata on the attachment."""

import hashlib

from engagements.models import Attachment, FileContent
from engagements.rules import require_file, safe_name
from engagements.services.entries import AttachedFile, AttachmentEntry, Upload
from engagements.services.scanner import require_clean
from sgoffice.records.entries import Correction, given_values
from sgoffice.records.errors import InvalidEntry, RuleViolation


def store_file(attachment: Attachment, entry: AttachedFile | Correction[AttachmentEntry]) -> None:
    """Store the file that an entry or a correction brings, if any, as that of an open attachment.

    Raises InvalidEntry for a file that the rules refuse or whose SHA-256 differs from the one given.
    """
    given = given_values(entry)
    file: Upload | None = given.get("file")
    if file is not None:
        _store(attachment, file, expected_digest=given.get("sha256") or "")


def require_properties_of_file(attachment: Attachment, correction: Correction[AttachmentEntry]) -> None:
    """Raise RuleViolation for a media type or SHA-256 that is not that of the stored file."""
    if attachment.content_id is None or "file" in correction:
        return
    for name in ("sha256", "media_type"):
        if name in correction and correction.get(name) != getattr(attachment, name):
            raise RuleViolation(
                "The media type and SHA-256 are those of the stored file: upload another file instead.",
                rule="file-tells-it",
                pointer=f"/{name}",
            )


def _store(attachment: Attachment, file: Upload, *, expected_digest: str) -> None:
    media_type = require_file(file.content, file.media_type)
    require_clean(file.content)
    digest = hashlib.sha256(file.content).hexdigest()
    if expected_digest and expected_digest != digest:
        raise InvalidEntry([("/sha256", f"The SHA-256 of the file that arrived is {digest}: send it again.")])
    # another attachment may have the same bytes: they are stored once
    content = FileContent(sha256=digest, size=len(file.content), content=file.content)
    FileContent.objects.bulk_create([content], ignore_conflicts=True)
    attachment.content_id = attachment.sha256 = digest
    attachment.size = len(file.content)
    attachment.media_type = media_type
    attachment.file_name = safe_name(file.name, media_type)

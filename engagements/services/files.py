"""The file of an attachment: held to the rules, kept under its digest, and told of in the attachment."""

import hashlib

from engagements.models import Attachment, FileContent
from engagements.rules import require_file, safe_name
from engagements.services.entries import AttachedFile, AttachmentEntry, Upload
from sgoffice.records.entries import Correction, given_values
from sgoffice.records.errors import InvalidEntry, RuleViolation


def keep_file(attachment: Attachment, entry: AttachedFile | Correction[AttachmentEntry]) -> None:
    """Keep the file that an entry or a correction brings, if any, as that of an open attachment.

    Raises InvalidEntry for a file that the rules refuse or whose SHA-256 is not the one that was said, RuleViolation
    for words about its bytes when it has a file that says them.
    """
    given = given_values(entry)
    file: Upload | None = given.get("file")
    if file is not None:
        _keep(attachment, file, said=given.get("sha256") or "")
    elif attachment.content_id is not None and {"sha256", "media_type"} & set(given):
        raise RuleViolation(
            "The file is kept here: its media type and SHA-256 are those of its bytes. Upload another file instead.",
            rule="file-tells-it",
            pointer="/sha256" if "sha256" in given else "/media_type",
        )


def _keep(attachment: Attachment, file: Upload, *, said: str) -> None:
    media_type = require_file(file.content, file.media_type)
    digest = hashlib.sha256(file.content).hexdigest()
    if said and said != digest:
        raise InvalidEntry([("/sha256", f"The file came with another SHA-256, {digest}: send it again.")])
    # the same bytes may be there from another attachment: they are kept once
    kept = FileContent(sha256=digest, size=len(file.content), content=file.content)
    FileContent.objects.bulk_create([kept], ignore_conflicts=True)
    attachment.content_id = attachment.sha256 = digest
    attachment.size = len(file.content)
    attachment.media_type = media_type
    attachment.file_name = safe_name(file.name, media_type)

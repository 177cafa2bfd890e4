"""Add and correct the papers and attachments of an engagement."""

from typing import Any
from uuid import UUID

from appointments.models import Mandate
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.rules import marking_under, require_not_below
from engagements.services.entries import AttachedFile, AttachmentEntry, PaperEntry, PaperText
from engagements.services.files import require_properties_of_file, store_file
from engagements.vocabulary import ABOUT
from sgoffice.changes.door import Expected, change, create
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry


def add_paper(entry: PaperEntry, *, by: Actor) -> Paper:
    """Add a paper to an engagement.

    Raises RuleViolation for a marking below the engagement's, and for a paper without title and text.
    """
    by.require(Permission.WRITE)
    return create_paper(find_engagement(entry.engagement, by=by), entry, by=by)


def correct_paper(
    paper_id: UUID, correction: Correction[PaperEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Paper:
    """Correct a paper; it stays with its engagement. Raises what add_paper raises."""
    by.require(Permission.WRITE)
    require_same_owner(correction)
    with change(Paper, paper_id, verb="correct", by=by, expected=expected, reason=reason) as paper:
        assign_fields(paper, correction)
        require_not_below(paper.engagement.marking, paper.marking)
    return paper


def add_attachment(entry: AttachmentEntry, *, by: Actor) -> Attachment:
    """Add an attachment to an engagement, with its address or the file itself.

    Raises RuleViolation for a marking below the engagement's, and without address and file; InvalidEntry for a file
    that the rules refuse (`engagements.rules.files`).
    """
    by.require(Permission.WRITE)
    return create_attachment(find_engagement(entry.engagement, by=by), entry, by=by)


def correct_attachment(
    attachment_id: UUID,
    correction: Correction[AttachmentEntry],
    *,
    by: Actor,
    expected: Expected,
    reason: str = "",
) -> Attachment:
    """Correct an attachment; it stays with its engagement. A file that is given replaces the old one.

    Raises what add_attachment raises, and RuleViolation for a media type or SHA-256 that is not its file's.
    """
    by.require(Permission.WRITE)
    require_same_owner(correction)
    with change(Attachment, attachment_id, verb="correct", by=by, expected=expected, reason=reason) as attachment:
        require_properties_of_file(attachment, correction)
        assign_fields(attachment, correction, skip=("file",))
        store_file(attachment, correction)
        require_not_below(attachment.engagement.marking, attachment.marking)
    return attachment


def create_paper(engagement: Engagement, entry: PaperText, *, by: Actor) -> Paper:
    with create(Paper, verb="add", by=by) as paper:
        assign_fields(paper, entry, skip=ABOUT)
        paper.engagement = engagement
        raise_marking_to(paper, engagement)
    return paper


def create_attachment(engagement: Engagement, entry: AttachedFile, *, by: Actor) -> Attachment:
    with create(Attachment, verb="add", by=by) as attachment:
        assign_fields(attachment, entry, skip=(*ABOUT, "file"))
        attachment.engagement = engagement
        raise_marking_to(attachment, engagement)
        store_file(attachment, entry)
    return attachment


def find_engagement(engagement_id: UUID, *, by: Actor) -> Engagement:
    """Return the engagement that a record is to belong to; raises InvalidEntry for one that the actor cannot see."""
    engagement = Engagement.objects.visible_to(by).live().filter(pk=engagement_id).first()
    if engagement is None:
        raise InvalidEntry([("/engagement", f"There is no engagement {engagement_id}.")])
    return engagement


def raise_marking_to(record: Paper | Attachment | ActionItem, owner: Engagement | Mandate | Entry) -> None:
    """Raise a default marking to that of the owner, whose readers may read it; raises RuleViolation for a lower one."""
    record.marking = marking_under(owner.marking, record.marking)
    if record.marking == "restricted" and not record.readers:
        record.readers = list(owner.readers)


def require_same_owner(correction: Correction[Any]) -> None:
    """Refuse to move a record to another owner."""
    detail = "It stays with its {}: mark it as entered in error and add it there."
    if moved := [(f"/{name}", detail.format(name)) for name in ABOUT if name in correction]:
        raise InvalidEntry(moved)

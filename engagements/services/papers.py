"""Papers and attachments: what is written for an engagement and about it, each a record of its own."""

from typing import Any
from uuid import UUID

from appointments.models import Mandate
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.rules import marking_beside, require_not_below
from engagements.services.entries import AttachedFile, AttachmentEntry, PaperEntry, PaperText
from engagements.services.files import keep_file
from engagements.vocabulary import ABOUT
from sgoffice.changes.door import Expected, change, create
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields, given_values
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry


def add_paper(entry: PaperEntry, *, by: Actor) -> Paper:
    """Add a paper to an engagement.

    Raises RuleViolation when more people could read it than the engagement, or when it says nothing.
    """
    by.require(Permission.WRITE)
    return write_paper(engagement_for(entry.engagement, by=by), entry, by=by)


def correct_paper(
    paper_id: UUID, correction: Correction[Any], *, by: Actor, expected: Expected, reason: str = ""
) -> Paper:
    """Correct a paper; it stays with its engagement. Raises what add_paper raises."""
    by.require(Permission.WRITE)
    require_stays(correction)
    with change(Paper, paper_id, verb="correct", by=by, expected=expected, reason=reason) as paper:
        assign_fields(paper, correction)
        require_not_below(paper.engagement.marking, paper.marking)
    return paper


def add_attachment(entry: AttachmentEntry, *, by: Actor) -> Attachment:
    """Add an attachment to an engagement: what it is, with its address or the file itself.

    Raises RuleViolation when more people could read it than the engagement, and when there is neither; InvalidEntry
    for a file that is not kept (`engagements.rules.files`).
    """
    by.require(Permission.WRITE)
    return attach(engagement_for(entry.engagement, by=by), entry, by=by)


def correct_attachment(
    attachment_id: UUID, correction: Correction[Any], *, by: Actor, expected: Expected, reason: str = ""
) -> Attachment:
    """Correct an attachment; it stays with its engagement. Another file takes the place of the one it has.

    Raises what add_attachment raises, and RuleViolation for a media type or SHA-256 that is not its file's.
    """
    by.require(Permission.WRITE)
    require_stays(correction)
    with change(Attachment, attachment_id, verb="correct", by=by, expected=expected, reason=reason) as attachment:
        assign_fields(attachment, correction, skip=("file",))
        keep_file(attachment, correction)
        require_not_below(attachment.engagement.marking, attachment.marking)
    return attachment


def write_paper(engagement: Engagement, entry: PaperText, *, by: Actor) -> Paper:
    """Add a paper to an engagement that was found."""
    with create(Paper, verb="add", by=by) as paper:
        place_beside(paper, engagement, entry)
    return paper


def attach(engagement: Engagement, entry: AttachedFile, *, by: Actor) -> Attachment:
    """Add an attachment to an engagement that was found."""
    with create(Attachment, verb="add", by=by) as attachment:
        place_beside(attachment, engagement, entry, skip=("file",))
        keep_file(attachment, entry)
    return attachment


def engagement_for(engagement_id: UUID, *, by: Actor) -> Engagement:
    """Return the engagement that something shall belong to; raises InvalidEntry for one that the actor does not see."""
    found = Engagement.objects.visible_to(by).live().filter(pk=engagement_id).first()
    if found is None:
        raise InvalidEntry([("/engagement", f"There is no engagement {engagement_id}.")])
    return found


def place_beside(
    record: Paper | Attachment | ActionItem,
    owner: Engagement | Mandate | Entry,
    entry: Any,
    *,
    key: str = "engagement",
    skip: tuple[str, ...] = (),
) -> None:
    """Fill an open record with an entry, under its owner, by that key, with a marking that is never below its."""
    assign_fields(record, entry, skip=(*ABOUT, *skip))
    setattr(record, key, owner)
    record.marking = marking_beside(owner.marking, entry.marking)
    if record.marking == "restricted" and not record.readers:
        record.readers = list(owner.readers)


def require_stays(correction: Correction[Any]) -> None:
    """Refuse to move a record to another one."""
    detail = "It stays with its {}: mark it as in error and add it there."
    if moved := [(f"/{name}", detail.format(name)) for name in ABOUT if name in given_values(correction)]:
        raise InvalidEntry(moved)

"""Papers and attachments: what is written for an engagement and about it, each a record of its own."""

from typing import Any, TypeVar
from uuid import UUID

from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.rules import marking_beside, require_not_below
from engagements.services.entries import AttachedFile, AttachmentEntry, PaperEntry, PaperText
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.changes import Expected, change, create
from sgoffice.records.entries import Correction, assign, values_of
from sgoffice.records.errors import InvalidEntry

Owned = TypeVar("Owned", Paper, Attachment)


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
    return _correct(Paper, paper_id, correction, by=by, expected=expected, reason=reason)


def add_attachment(entry: AttachmentEntry, *, by: Actor) -> Attachment:
    """Add an attachment to an engagement: what it is, and where it is kept.

    Raises RuleViolation when more people could read it than the engagement.
    """
    by.require(Permission.WRITE)
    return attach(engagement_for(entry.engagement, by=by), entry, by=by)


def correct_attachment(
    attachment_id: UUID, correction: Correction[Any], *, by: Actor, expected: Expected, reason: str = ""
) -> Attachment:
    """Correct an attachment; it stays with its engagement. Raises what add_attachment raises."""
    return _correct(Attachment, attachment_id, correction, by=by, expected=expected, reason=reason)


def write_paper(engagement: Engagement, entry: PaperText, *, by: Actor) -> Paper:
    """Add a paper to an engagement that was found."""
    with create(Paper, verb="add", by=by) as paper:
        place_beside(paper, engagement, entry)
    return paper


def attach(engagement: Engagement, entry: AttachedFile, *, by: Actor) -> Attachment:
    """Add an attachment to an engagement that was found."""
    with create(Attachment, verb="add", by=by) as attachment:
        place_beside(attachment, engagement, entry)
    return attachment


def engagement_for(engagement_id: UUID, *, by: Actor) -> Engagement:
    """Return the engagement that something shall belong to; raises InvalidEntry for one that the actor does not see."""
    found = Engagement.objects.visible_to(by).live().filter(pk=engagement_id).first()
    if found is None:
        raise InvalidEntry([("/engagement", f"There is no engagement {engagement_id}.")])
    return found


def place_beside(
    record: Paper | Attachment | ActionItem, engagement: Engagement, entry: Any, *, skip: tuple[str, ...] = ()
) -> None:
    """Fill an open record with an entry, under the engagement, with a marking that is never below its."""
    assign(record, entry, skip=("engagement", *skip))
    record.engagement = engagement
    record.marking = marking_beside(engagement.marking, entry.marking)
    if record.marking == "restricted" and not record.readers:
        record.readers = list(engagement.readers)


def require_stays(correction: Correction[Any]) -> None:
    """Refuse to move a record to another engagement."""
    if "engagement" in values_of(correction):
        raise InvalidEntry([("/engagement", "It stays with its engagement: mark it as in error and add it there.")])


def _correct(
    model: type[Owned], record_id: UUID, correction: Correction[Any], *, by: Actor, expected: Expected, reason: str
) -> Owned:
    by.require(Permission.WRITE)
    require_stays(correction)
    with change(model, record_id, verb="correct", by=by, expected=expected, reason=reason) as record:
        assign(record, correction)
        require_not_below(record.engagement.marking, record.marking)
    return record

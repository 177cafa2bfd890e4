"""Add and correct attachments: files of engagements, and texts of agreements, which partners may get."""

from typing import Any
from uuid import UUID

from engagements.models import Attachment, Engagement
from engagements.rules import require_not_below, require_one_about
from engagements.services.entries import AttachedFile, AttachmentEntry
from engagements.services.files import require_properties_of_file, store_file
from engagements.services.owners import find_about, raise_marking_to, require_same_owner
from engagements.vocabulary import ABOUT, ATTACHED_TO
from sgoffice.changes.door import Expected, change, create, lock_records
from sgoffice.changes.references import takes_names
from sgoffice.changes.refusals import undone_as_one
from sgoffice.documents import model_of
from sgoffice.documents.publications import publish
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields
from sgoffice.records.models import Entry


@takes_names
def add_attachment(entry: AttachmentEntry, *, by: Actor) -> Attachment:
    """Add an attachment to an engagement or an agreement, with its address or the file itself.

    Raises InvalidEntry unless one of the two is named, and for a file that the rules refuse
    (`engagements.rules.files`); RuleViolation for a marking below that of its owner, and without address and file.
    """
    by.require(Permission.WRITE)
    given = {name: value for name in ATTACHED_TO if (value := getattr(entry, name)) is not None}
    require_one_about(given, ATTACHED_TO)
    [(kind, record_id)] = given.items()
    owner: Any = find_about(kind, record_id, by=by)
    return create_attachment(owner, entry, by=by)


@takes_names
def correct_attachment(
    attachment_id: UUID,
    correction: Correction[AttachmentEntry],
    *,
    by: Actor,
    expected: Expected,
    reason: str = "",
) -> Attachment:
    """Correct an attachment; it stays with its owner. A file that is given replaces the old one.

    Raises what add_attachment raises, and RuleViolation for a media type or SHA-256 that is not its file's.
    """
    by.require(Permission.WRITE)
    require_same_owner(correction)
    with undone_as_one(by):
        owner = Entry.objects.filter(pk__in=Attachment.objects.filter(pk=attachment_id).values("agreement")).first()
        _lock_agreement(owner)
        with change(Attachment, attachment_id, verb="correct", by=by, expected=expected, reason=reason) as attachment:
            require_properties_of_file(attachment, correction)
            assign_fields(attachment, correction, skip=("file",))
            store_file(attachment, correction)
            require_not_below(attachment.about.marking, attachment.marking)
        _publish_agreement(owner)
    return attachment


def create_attachment(owner: Engagement | Entry, entry: AttachedFile, *, by: Actor) -> Attachment:
    agreement = owner if isinstance(owner, Entry) else None
    with undone_as_one(by):
        _lock_agreement(agreement)
        with create(Attachment, verb="add", by=by) as attachment:
            assign_fields(attachment, entry, skip=(*ABOUT, "file"))
            attachment.engagement = owner if isinstance(owner, Engagement) else None
            attachment.agreement = agreement
            raise_marking_to(attachment, owner)
            store_file(attachment, entry)
        _publish_agreement(agreement)
    return attachment


def _lock_agreement(agreement: Entry | None) -> None:
    """Lock an agreement before its text, so that of two texts each is published with the other."""
    if agreement is not None:
        lock_records(model_of(agreement.kind), [_shown_as(agreement)])


def _publish_agreement(agreement: Entry | None) -> None:
    """Publish an agreement again, whose partners' document has a line of each of its texts."""
    if agreement is not None:
        publish(model_of(agreement.kind), [_shown_as(agreement)])


def _shown_as(agreement: Entry) -> UUID:
    return agreement.merged_into_id or agreement.pk

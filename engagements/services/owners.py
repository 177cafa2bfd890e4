"""The records that papers, attachments and action items belong to: found as the actor sees them, and their markings."""

from typing import Any
from uuid import UUID

from appointments.models import Mandate
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.rules import marking_under
from engagements.vocabulary import ABOUT
from sgoffice.records.actors import Actor
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Entry


def find_engagement(engagement_id: UUID, *, by: Actor) -> Engagement:
    """Return the engagement that a record is to belong to; raises InvalidEntry for one that the actor cannot see."""
    engagement = Engagement.objects.visible_to(by).live().filter(pk=engagement_id).first()
    if engagement is None:
        raise InvalidEntry([("/engagement", f"There is no engagement {engagement_id}.")])
    return engagement


def raise_marking_to(
    record: Paper | Attachment | ActionItem, owner: Engagement | Mandate | Entry, *, is_shareable: bool = False
) -> None:
    """Raise a default marking to that of the owner, whose readers may read it; raises RuleViolation for a lower one."""
    record.marking = marking_under(owner.marking, record.marking, is_shareable=is_shareable)
    if record.marking == "restricted" and not record.readers:
        record.readers = list(owner.readers)


def require_same_owner(correction: Correction[Any]) -> None:
    """Refuse to move a record to another owner."""
    detail = "It stays with its {}: mark it as entered in error and add it there."
    if moved := [(f"/{name}", detail.format(name)) for name in ABOUT if name in correction]:
        raise InvalidEntry(moved)


def find_about(kind: str, record_id: UUID, *, by: Actor) -> Engagement | Mandate | Entry:
    """Return the record that something is to be about; raises InvalidEntry for one that the actor cannot see."""
    if kind == "engagement":
        return find_engagement(record_id, by=by)
    rows: Any = Mandate.objects if kind == "mandate" else Entry.objects.filter(kind=kind)
    found = rows.visible_to(by).filter(pk=record_id, is_in_error=False, merged_into=None).first()
    if found is None:
        raise InvalidEntry([(f"/{kind}", f"There is no {kind} {record_id}.")])
    return found

"""Take records off the lists or put them back, or merge two: proposed by `changes`, carried out once approved."""

from collections.abc import Mapping
from uuid import UUID

from sgoffice import documents
from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.approvals.services.proposing import propose_of_record
from sgoffice.changes import second_person
from sgoffice.changes.corrections import IN_ERROR, RESTORE, enter_in_error, restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import MERGE, merge
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record


@second_person.proposes_acts
def propose_act(action: str, record: Record, by: Actor, reason: str, content: Mapping[str, object]) -> Record:
    """Propose it for the record as it is now."""
    return propose_of_record(action, record.pk, by=by, purpose=reason, content=content)


@carries_out(IN_ERROR, "Mark as entered in error")
def take_off(approval: Approval, by: Actor) -> None:
    """Mark the record as entered in error."""
    if (entry := approval.subject) is not None:
        model = documents.model_of(entry.kind)
        enter_in_error(model, entry.pk, by=by, expected=approval.expected(), reason=approval.reason_told())


@carries_out(RESTORE, "Restore")
def put_back(approval: Approval, by: Actor) -> None:
    """Restore the record."""
    if (entry := approval.subject) is not None:
        model = documents.model_of(entry.kind)
        restore(model, entry.pk, by=by, expected=approval.expected(), reason=approval.reason_told())


@carries_out(MERGE, "Merge two that are one")
def merge_two(approval: Approval, by: Actor) -> None:
    """Merge the two; whatever else changed on the survivor since stays as it is."""
    if (entry := approval.subject) is not None:
        survivor, other = (UUID(approval.content[name]) for name in ("survivor", "other"))
        model, reason = documents.model_of(entry.kind), approval.reason_told()
        merge(model, survivor, other=other, by=by, expected=ANY_VERSION, reason=reason)

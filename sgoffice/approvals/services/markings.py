"""Open a record to more readers: proposed by the door, carried out once approved."""

from sgoffice import documents
from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.approvals.services.proposing import propose_of_record
from sgoffice.changes import second_person
from sgoffice.changes.door import change
from sgoffice.records.actors import Actor
from sgoffice.records.models import MarkedRecord, Marking, Record

LOWER, PUBLISH = "lower_marking", "publish"


@second_person.proposes
def propose_marking(record: MarkedRecord, marking: str, by: Actor, reason: str) -> Record:
    """Propose a wider marking for a record."""
    action = PUBLISH if marking == Marking.PUBLIC else LOWER
    return propose_of_record(action, record.pk, by=by, purpose=reason, content={"marking": str(marking)})


@carries_out(LOWER, "Lower the marking")
@carries_out(PUBLISH, "Publish")
def open_record(approval: Approval, by: Actor) -> None:
    """Give a record the marking that was proposed for it."""
    entry = approval.subject
    if entry is None:
        return
    model = documents.model_of(entry.kind)
    expected, reason = approval.expected(), approval.reason_told()
    with change(model, entry.pk, verb=approval.action, by=by, expected=expected, reason=reason) as record:
        if isinstance(record, MarkedRecord):
            record.marking = approval.content["marking"]

"""Open a record to more readers: proposed by the door, carried out once approved."""

from sgoffice import documents
from sgoffice.approvals.actions import carries_out
from sgoffice.approvals.models import Approval
from sgoffice.approvals.services.proposing import propose_of_record
from sgoffice.changes import second_person
from sgoffice.changes.belongings import owners_of
from sgoffice.changes.door import change
from sgoffice.records.actors import Actor
from sgoffice.records.markings import is_narrower
from sgoffice.records.models import MarkedRecord, Marking, Record

LOWER, PUBLISH = "lower_marking", "publish"
_BEYOND_OWNER = (
    "It becomes more open than what it belongs to. Its title, text and day are what others learn of that: "
    "read them first."
)


@second_person.proposes
def propose_marking(record: MarkedRecord, marking: str, by: Actor, reason: str) -> Record:
    """Propose a wider marking for a record."""
    action = PUBLISH if marking == Marking.PUBLIC else LOWER
    content = {"marking": str(marking)}
    if any(is_narrower(owner.marking, than=marking) for owner in owners_of(record.pk)):
        content["note"] = _BEYOND_OWNER
    return propose_of_record(action, record.pk, by=by, purpose=reason, content=content)


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

"""/approvals: the queue of what one proposed and another decides."""

from sgoffice.api.filters import IdFilter, ManyChoicesFilter, RecordFilterSet
from sgoffice.api.viewsets import SteppedViewSet
from sgoffice.approvals import services
from sgoffice.approvals.actions import actions
from sgoffice.approvals.api import documents
from sgoffice.approvals.models import Approval
from sgoffice.approvals.vocabulary import ApprovalState


class ApprovalFilterSet(RecordFilterSet):
    """Filters of /approvals."""

    state = ManyChoicesFilter(choices=ApprovalState.choices, label="The state of the proposal.")
    action = ManyChoicesFilter(
        choices=[(action.name, action.label) for action in actions().values()], label="What is proposed."
    )
    record = IdFilter(field_name="subject_id", label="The record that it is about.")
    member = IdFilter(field_name="member_id", label="The member of staff that it is about.")


class ApprovalViewSet(SteppedViewSet):
    """Proposals. What waits for a second person answers 202 where it is asked for, and stands here."""

    model = Approval
    serializer_class = documents.ApprovalSerializer
    filterset_class = ApprovalFilterSet
    http_method_names = ["get", "head", "post"]
    steps = services.APPROVAL_STEPS

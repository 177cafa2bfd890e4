"""A proposal as staff get it, registered as its document."""

from typing import ClassVar

from rest_framework import serializers

from sgoffice.api.serializers import MARKED_RECORD_FIELDS, MarkedRecordSerializer
from sgoffice.approvals.api import columns
from sgoffice.approvals.models import Approval
from sgoffice.documents import document_of
from sgoffice.search import Searched


class SubjectSerializer(serializers.Serializer):
    """The record that a proposal is about."""

    id = serializers.UUIDField()
    kind = serializers.CharField(help_text="The kind of the record.")
    reference = serializers.CharField(allow_null=True)


@document_of(
    Approval,
    columns=columns.APPROVAL,
    searched=Searched(address="approvals", titles=("reference",), label=lambda shown: str(shown["reference"])),
    select=["subject"],
)
class ApprovalSerializer(MarkedRecordSerializer):
    """What one member of staff proposes and another one decides."""

    record = SubjectSerializer(source="subject", allow_null=True, read_only=True)
    record_version = serializers.IntegerField(
        source="subject_version",
        allow_null=True,
        read_only=True,
        help_text="The version for which it was proposed: another one is not approved.",
    )
    member = serializers.UUIDField(
        source="member_id", allow_null=True, read_only=True, help_text="The member of staff that it is about."
    )
    content = serializers.DictField(read_only=True, help_text="What is carried out once it is approved.")
    proposed_by = serializers.UUIDField(source="proposed_by_id", read_only=True, help_text="Who proposed it.")
    decided_by = serializers.UUIDField(
        source="decided_by_id", allow_null=True, read_only=True, help_text="Who approved or refused it."
    )

    class Meta(MarkedRecordSerializer.Meta):
        model = Approval
        fields: ClassVar = (
            *MARKED_RECORD_FIELDS, "action", "record", "record_version", "member", "content", "purpose", "state",
            "proposed_by", "proposed_at", "decided_by", "decided_at", "decision",
        )  # fmt: skip

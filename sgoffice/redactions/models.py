"""Redaction: that something was erased of a record, by whose approval, and which entries of history it left."""

from typing import Any, ClassVar

from django.db import models

from sgoffice.approvals.models import Approval
from sgoffice.records.constraints import explains
from sgoffice.records.identifiers import uuid7
from sgoffice.records.models import Entry, RegisterRow
from sgoffice.records.triggers import Scribe
from sgoffice.redactions.triggers import TWO_PEOPLE


class Redaction(RegisterRow):
    """What was erased of a record. Who proposed and approved it, and why, stands in the approval; it stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record = models.ForeignKey(Entry, models.PROTECT, related_name="redactions", help_text="The record.")
    approval = models.OneToOneField(Approval, models.PROTECT, related_name="redaction", help_text="The approval.")
    pointers = models.JSONField(help_text="What was erased, as JSON pointers.")
    entries: Any = models.JSONField(
        help_text="By entry of history: its bytes in the chain, and the digest of what remains of it."
    )

    class Meta:
        triggers: ClassVar = [Scribe(of="record"), TWO_PEOPLE]

    def __str__(self) -> str:
        return str(self.record_id)


explains(
    "redaction_is_by_two",
    rule="second-person",
    detail="Something is erased once a second person approved it: propose it.",
    basis="What is erased does not come back",
)

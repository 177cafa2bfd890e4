"""Approval: what one member of staff proposes and another one decides."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from sgoffice.approvals.querysets import ApprovalManager
from sgoffice.approvals.triggers import BEGINNING, DECISION, JOINING, MARKING, READERS
from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.records.constraints import explains
from sgoffice.records.models import Entry, MarkedRecord
from sgoffice.records.triggers import Scribe

_DECIDED = (ApprovalState.APPROVED, ApprovalState.REFUSED)


class Approval(MarkedRecord):
    """A proposal, and its decision. It is marked like the record that it is about, and as hidden as that one."""

    reference_prefix = "APV"
    #: What was approved is carried out, and history tells of it; what waits is proposed again.
    travels = False

    action = models.CharField(max_length=40, help_text="What is proposed: lower_marking, publish, release …")
    subject = models.ForeignKey(
        Entry, models.PROTECT, null=True, blank=True, related_name="+", help_text="The record that it is about."
    )
    subject_version = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version of that record for which it was proposed."
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The member of staff that it is about.",
    )
    content = models.JSONField(default=dict, blank=True, help_text="What is carried out once it is approved.")
    purpose = models.CharField(max_length=2000, blank=True, help_text="Why it was proposed.")
    state = models.CharField(
        max_length=12, choices=ApprovalState, default=ApprovalState.PROPOSED, help_text="State of the proposal."
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="Who proposed it."
    )
    proposed_at = models.DateTimeField(
        db_default=Now(), help_text="When it was proposed, by the clock of the database."
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who decided it."
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When it was decided or withdrawn.")
    decision = models.CharField(max_length=2000, blank=True, help_text="The reason of the decision.")
    decided_in = models.TextField(
        blank=True, editable=False, help_text="The number of the transaction that decided it: only that one acts on it."
    )

    objects: ClassVar[ApprovalManager[Self]] = ApprovalManager()

    class Meta(MarkedRecord.Meta):
        triggers: ClassVar = [Scribe(of="id"), BEGINNING, DECISION, MARKING, READERS, JOINING]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="approval_has_two_people"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_DECIDED, decided_by__isnull=False)
                | (~Q(state__in=_DECIDED) & Q(decided_by__isnull=True)),
                name="approval_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(member=None)
                | (~Q(member=F("proposed_by")) & (Q(decided_by=None) | ~Q(member=F("decided_by")))),
                name="approval_is_not_about_oneself",
            ),
            models.UniqueConstraint(
                fields=["action", "subject"],
                condition=Q(state=ApprovalState.PROPOSED, is_in_error=False, merged_into=None),
                name="approval_is_pending_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "id"], name="approval_by_state")]

    def expected(self) -> int:
        """Return the version that the record must still have when this is carried out."""
        return self.subject_version or 0

    def reason_told(self) -> str:
        """Return the reason that history keeps of what is carried out: who asked for it stands in the proposal."""
        return f"{self.reference}: {self.purpose}" if self.purpose else self.reference


_PEOPLE = "What opens the register needs two people"
explains(
    "approval_has_two_people",
    rule="second-person",
    detail="Who proposed this does not decide it. Ask another approver.",
    basis=_PEOPLE,
)
explains(
    "approval_is_decided_by_somebody",
    rule="second-person",
    detail="What is decided names who decided it, and what is not names nobody.",
    basis=_PEOPLE,
)
explains(
    "approval_is_not_about_oneself",
    rule="not-about-oneself",
    detail="This is about somebody who proposes or decides it. Ask a colleague.",
    basis=_PEOPLE,
)
explains(
    "approval_is_pending_once",
    rule="proposed-already",
    detail="The same was proposed for this record at this moment. Read the queue of approvals.",
    compares=True,
)
explains(
    "approval_begins_as_a_proposal",
    rule="approval-state",
    detail="An approval begins as the proposal of an active member of staff.",
    basis=_PEOPLE,
)
explains(
    "approval_is_decided_once",
    rule="approval-state",
    detail="What was proposed stays as it is, and is decided once: propose it again if it is still wanted.",
    basis=_PEOPLE,
)
explains(
    "approval_is_by_an_approver",
    rule="second-person",
    detail="Only an approver decides who was a member of staff before this was proposed.",
    basis=_PEOPLE,
)
explains(
    "marking_is_lowered_by_two",
    rule="second-person",
    detail="A record is opened to more readers only once a second person approved it: propose it.",
    basis=_PEOPLE,
    pointer="/marking",
)
explains(
    "member_joins_once",
    rule="member-joins-once",
    detail="Since when somebody is a member of staff is noted by the database and stays.",
)
explains(
    "readers_are_staff",
    rule="readers-are-staff",
    detail="Readers are members of staff, named by their ids.",
    pointer="/readers",
)

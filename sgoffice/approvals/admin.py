"""The queue of approvals in the admin."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sgoffice.admin.actor_names import name_of
from sgoffice.admin.formatting import badge
from sgoffice.admin.record_admin import RecordAdmin
from sgoffice.approvals import services
from sgoffice.approvals.actions import actions
from sgoffice.approvals.models import Approval
from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.changes.steps import Step
from sgoffice.documents import recipes

_COLORS = {
    ApprovalState.PROPOSED: "warning",
    ApprovalState.APPROVED: "success",
    ApprovalState.REFUSED: "danger",
    ApprovalState.WITHDRAWN: "info",
}


@admin.register(Approval)
class ApprovalAdmin(RecordAdmin):
    """Proposals, the pending ones first. They are made where the record is changed, and decided here."""

    entry = services.ProposalEntry
    left_out = frozenset({"subject", "member", "content", "sources", "caveats", "conflicts", "notes"})
    list_display = ("reference", "what", "about", "proposer", "proposed_at", "status")
    list_filter = ("state",)
    ordering = ("decided_at", "-pk")
    steps: ClassVar = services.APPROVAL_STEPS

    def all_steps(self) -> tuple[Step, ...]:
        """Return the steps of a proposal: it is never marked as entered in error, but refused or withdrawn."""
        return tuple(self.steps)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes a proposal: it is decided or withdrawn, and another one made."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Read the records and people that are shown along."""
        rows: Any = super().get_queryset(request)
        return rows.select_related("subject", "member", "proposed_by", "decided_by")

    @admin.display(description="Proposed")
    def what(self, record: Approval) -> str:
        action = actions().get(record.action)
        return action.label if action else record.action

    @admin.display(description="About")
    def about(self, record: Approval) -> str:
        if record.subject is None:
            return str(record.member or "")
        kind = record.subject.kind.replace("_", " ")
        return f"{kind} {record.subject.reference or record.subject.pk}"

    @admin.display(description="Proposed by")
    def proposer(self, record: Approval) -> str:
        return str(record.proposed_by)

    @admin.display(description="State", ordering="state")
    def status(self, record: Approval) -> str:
        state = ApprovalState(record.state)
        return badge(state.label, _COLORS[state])

    def panel(self, record: Approval) -> dict[str, Any]:
        """Return what is proposed, about what, by whom, and what was decided."""
        return {
            "register_panel": "approvals/panel.html",
            "approval": record,
            "approval_what": self.what(record),
            "approval_about": self.about(record),
            "approval_page": _page_of(record),
            "approval_decider": name_of(f"staff:{record.decided_by_id}") if record.decided_by_id else "",
        }


def _page_of(record: Approval) -> str:
    """Return the address of the record's own page in the admin."""
    recipe = recipes().get(record.subject.kind) if record.subject else None
    if recipe is None:
        return ""
    options = recipe.model._meta
    try:
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.subject_id])
    except NoReverseMatch:
        return ""

"""The whole register on the desk: proposed with a reason, and taken by its proposer once another approver agreed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.approvals.models import Approval
from sgoffice.archives.answers import archive_answer
from sgoffice.archives.whole_register import TAKE_WHOLE, TakingEntry, open_until, propose_taking
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show
from sgoffice.records.actors import Permission
from sgoffice.records.characters import without_forbidden
from sgoffice.records.errors import RuleViolation

_LONGEST, _SHOWN = 2000, 20


@desk_page("GET", "HEAD", "POST", needs=Permission.APPROVE)
def archive(request: HttpRequest) -> HttpResponse:
    """Show who proposed it and what became of that, or propose it."""
    if request.method != "POST":
        return _page(request)
    purpose = without_forbidden(request.POST.get("purpose", "")).strip()[:_LONGEST]
    _, refusal = attempt(lambda: propose_taking(TakingEntry(purpose=purpose), by=actor_of(request)))
    if refusal is not None:
        told = {"refused": [text for _, text in refusal_texts(refusal)], "purpose": purpose}
        return _page(request, told, status=REFUSED)
    messages.success(request, "Proposed. You have 24 hours to take it once another approver has agreed.")
    return redirect("desk-archive")


@desk_page("GET", "HEAD", needs=Permission.APPROVE)
def archive_file(request: HttpRequest) -> HttpResponseBase:
    """Send the archive that is open to the reader, or say that none is."""
    try:
        return archive_answer(request, by=actor_of(request), at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, {"refused": [text for _, text in refusal_texts(refusal)]}, status=REFUSED)


def _page(request: HttpRequest, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    rows: Any = Approval.objects.visible_to(actor_of(request)).live().filter(action=TAKE_WHOLE)
    lines = [_line(one) for one in rows.select_related("proposed_by", "decided_by").order_by("-pk")[:_SHOWN]]
    is_open = any(line["is_open"] and line["by"] == request.user for line in lines)
    return show(
        request, "archives/desk/archive.html", {"lines": lines, "is_open": is_open} | (context or {}), status=status
    )


def _line(one: Approval) -> dict[str, Any]:
    until = open_until(one)
    return {
        "reference": one.reference,
        "by": one.proposed_by,
        "at": one.proposed_at,
        "purpose": one.purpose,
        "state": one.get_state_display(),
        "until": until,
        "is_open": until is not None and timezone.now() < until,
    }

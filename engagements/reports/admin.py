"""The first page of the admin: above the kinds of records, what has to be done next."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from engagements.reports import services
from engagements.reports.services.report_types import DeadlineLine
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.accounts.services import named_on_the_server
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import badge
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Verification

MOST = 15
_PAGES = {
    "action_item": "engagements_actionitem",
    "agreement": "agreements_agreement",
    "appointment": "appointments_appointment",
    "engagement": "engagements_engagement",
    "mandate": "appointments_mandate",
}
#: So many days before its day a line is marked.
_SOON = 14
#: How long everybody reads whom one person alone named.
_TOLD_FOR = timedelta(days=30)

admin.site.index_template = "reports/admin_index.html"


def overview(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what the first page shows, with the nearest deadlines that the reader may see."""
    found = services.deadlines_ahead(services.DeadlineFilter(on=timezone.localdate()), by=actor_of(request), most=MOST)
    return context | {
        "register_deadlines": [_row(line) for line in found.results],
        "register_deadlines_more": found.count - len(found.results),
        "register_verification": _verification(actor_of(request)),
        "register_named": named_on_the_server(since=timezone.now() - _TOLD_FOR),
    }


def _verification(actor: Actor) -> Verification | None:
    """Return how the newest verification went, for those whose work it is."""
    may_know = actor.may(Permission.ADMINISTER) or actor.may(Permission.AUDIT)
    return Verification.objects.first() if may_know else None


def _row(line: DeadlineLine) -> dict[str, Any]:
    return {
        "line": line,
        "page": reverse(f"admin:{_PAGES[line.record.kind]}_change", args=[line.record.id]),
        "kind": DeadlineKind(line.kind).label,
        "left": badge(*_left(line)),
    }


def _left(line: DeadlineLine) -> tuple[str, str]:
    """Return how many days are left in words, and the color of that."""
    if line.days_left is None:
        return "no day", "warning"
    if line.is_overdue:
        return f"{-line.days_left} days overdue" if line.days_left < -1 else "1 day overdue", "danger"
    words = {0: "today", 1: "1 day"}.get(line.days_left, f"{line.days_left} days")
    return words, "warning" if line.days_left <= _SOON else "info"

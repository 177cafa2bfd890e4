"""What waits for the decision of an approver: each proposal with what it is about, decided with one press."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of, readable, readable_date
from sgoffice.approvals import services
from sgoffice.approvals.actions import actions
from sgoffice.approvals.models import Approval
from sgoffice.changes.steps import Step
from sgoffice.desk.addresses import admin_address_of
from sgoffice.desk.mentions import Named, names_of
from sgoffice.desk.pages import REFUSED, desk_page, show
from sgoffice.desk.steps import LINE, Asked, Taken, offered, shown, take
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry

_MOST = 50
#: What the content of a proposal names: other records, and days.
_RECORDS = frozenset({"session", "decision", "survivor", "other"})
_DAYS = frozenset({"appointed", "start", "end", "expected_end", "until", "first", "last"})
#: What says nothing to people: digests by which a change is noticed.
_NOT_SHOWN = frozenset({"digest", "lines"})
_STEPS: dict[str, tuple[Step, tuple[Asked, ...]]] = {
    step.name: (step, (Asked("reason", "Why", LINE),))
    for step in services.APPROVAL_STEPS
    if step.name in {"approve", "refuse"}
}


@desk_page("GET", "HEAD", needs=Permission.APPROVE)
def approvals(request: HttpRequest) -> HttpResponse:
    """Show what waits for the reader's decision, the oldest first."""
    return _page(request)


@desk_page("POST", needs=Permission.APPROVE)
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve or refuse a proposal."""
    rows: Any = Approval.objects.visible_to(actor_of(request))
    record = rows.filter(reference=reference).first()
    if record is None:
        raise Http404
    taken = take(request, record, _STEPS)
    if taken.record is None:
        return _page(request, tried=reference, taken=taken, status=REFUSED)
    messages.success(request, "Approved, and carried out." if taken.step == "approve" else "Refused.")
    return redirect("desk-approvals")


def _page(request: HttpRequest, *, tried: str = "", taken: Taken | None = None, status: int = 200) -> HttpResponse:
    reader = actor_of(request)
    rows: Any = Approval.objects.visible_to(reader).pending().exclude(Q(proposed_by=reader.id) | Q(member=reader.id))
    waiting = list(rows.select_related("proposed_by", "member", "subject").order_by("pk")[:_MOST])
    named = names_of(_named_by(waiting, reader))
    versions = dict(Entry.objects.filter(pk__in=[one.pk for one in waiting]).values_list("pk", "version"))
    lines = [_line(one, versions[one.pk], named, taken if one.reference == tried else None) for one in waiting]
    refused = taken.refused if taken else ()
    return show(request, "approvals/desk/approvals.html", {"lines": lines, "refused": refused}, status=status)


def _named_by(waiting: list[Approval], reader: Actor) -> dict[UUID, str]:
    """Return the kinds of the records that proposals are about, and of those that their content names."""
    about = {one.subject.pk: one.subject.kind for one in waiting if one.subject is not None}
    told = {key for one in waiting for name, key in one.content.items() if name in _RECORDS and key}
    seen = Entry.objects.visible_to(reader).filter(pk__in=told, is_in_error=False) if told else Entry.objects.none()
    return about | dict(seen.values_list("pk", "kind"))


def _told(name: str, value: Any, named: dict[UUID, Named]) -> tuple[str, Any]:
    """Return what is proposed as people say it: records by their names, days in words."""
    if name in _RECORDS and value:
        found = named.get(UUID(value))
        return label_of(name), found.title if found else "hidden"
    return label_of(name), (readable_date(value) or "—") if name in _DAYS else readable(value)


def _line(one: Approval, version: int, named: dict[UUID, Named], taken: Taken | None) -> dict[str, Any]:
    action = actions().get(one.action)
    steps = shown([offered(step, asked) for step, asked in _STEPS.values()], taken)["steps"]
    for step in steps:
        for field in step["fields"]:
            field["id"] = f"{one.reference}-{field['id']}"
    return {
        "what": action.label if action else label_of(one.action),
        "about": named.get(one.subject_id) if one.subject_id else None,
        "member": str(one.member or ""),
        "content": [_told(name, value, named) for name, value in one.content.items() if name not in _NOT_SHOWN],
        "purpose": one.purpose,
        "who": str(one.proposed_by),
        "at": one.proposed_at,
        "version": version,
        "steps": {step["name"]: step for step in steps},
        "answer": reverse("desk-decide", args=[one.reference]),
        "reference": one.reference,
        "admin": admin_address_of(one),
    }

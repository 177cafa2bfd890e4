"""The sheet of an engagement: when, where, who, what came of it and was promised, what belongs to it, what is next."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from engagements import services
from engagements.desk.lines import engagement_line, file_line, item_lines, people_of
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.vocabulary import Attendance, Owing, PaperKind, Relation, Side
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of
from sgoffice.changes.merging import MERGED
from sgoffice.changes.steps import Step
from sgoffice.desk.mentions import read_bodies, ties_of
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.records.actors import Actor, Permission

#: What a step asks on the sheet, besides a reason: the name and label of one field.
_ASKS = {"hold": ("outcome", "What came of it")}
_OWNED = {one.record_kind: one for one in (ActionItem, Paper, Attachment)}
#: Ties that the page shows otherwise.
_NO_TIES = (Relation.CARRIES, Relation.NOT_RAISED, MERGED)
OWINGS = ((Owing.OURS, "We did"), (Owing.THEIRS, "They did"))
_SIDES = {Side.THEIRS: "With", Side.OURS: "For us", Side.THIRD_PARTY: "Also there"}


def find(request: HttpRequest, reference: str) -> Engagement:
    """Return the engagement that the reader may see; raises Http404 for any other reference."""
    rows: Any = Engagement.objects.visible_to(actor_of(request)).select_related("merged_into")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


@desk_page("GET", "HEAD")
def engagement(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an engagement; what was merged leads to its survivor."""
    found = find(request, reference)
    if found.merged_into_id is not None:
        survivor = Engagement.objects.visible_to(actor_of(request)).filter(pk=found.merged_into_id).first()
        if survivor is not None:
            return redirect("desk-engagement", survivor.reference)
    return sheet(request, found)


def sheet(
    request: HttpRequest, record: Engagement, *, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of an engagement; `more` is what was refused and typed."""
    reader, zone = actor_of(request), zone_of_reader(request)
    owned = {kind: _ids(model, record, reader) for kind, model in _OWNED.items()}
    shown = read_bodies({record.pk: Engagement.record_kind, **{pk: kind for kind, ids in owned.items() for pk in ids}})
    document, parts = shown[str(record.pk)], {kind: [shown[str(pk)] for pk in ids] for kind, ids in owned.items()}
    people = list(people_of(document))
    context = {
        "one": engagement_line(document, zone=zone),
        "sides": [
            (title, who) for side, title in _SIDES.items() if (who := [one for one in people if one["side"] == side])
        ],
        "principal": _principal(document),
        "summary": document["summary"],
        "outcome": document["outcome"],
        "reason": document["status_reason"],
        "warnings": [one["detail"] for one in document["warnings"]],
        "doubts": [
            *document["caveats"],
            *(f"{label_of(one['pointer'])}: {one['value']}" for one in document["conflicts"]),
        ],
        "topics": [one["name"] for one in document["topics"]],
        "occasion": (document["occasion"] or {}).get("name", ""),
        "items": item_lines(
            parts["action_item"], about={}, reader=reader, today=timezone.now().astimezone(zone).date()
        ),
        "papers": [_paper(one) for one in parts["paper"]],
        "files": [file_line(one) for one in parts["attachment"]],
        "ties": ties_of(record.pk, reader=reader, leave_out=_NO_TIES),
        "steps": _steps(record, reader, tried=(more or {}).get("tried", "")),
        "is_in_error": record.is_in_error,
        "version": document["version"],
        "may_change": reader.may(Permission.WRITE) and record.is_live,
        "owings": OWINGS,
        "admin": reverse("admin:engagements_engagement_change", args=[record.pk]),
        "history": reverse("admin:engagements_engagement_history", args=[record.pk]),
    }
    return show(request, "engagements/desk/engagement.html", context | (more or {}), status=status)


def _ids(model: Any, record: Engagement, reader: Actor) -> list[UUID]:
    rows = model.objects.visible_to(reader).live().belonging_to([record.pk]).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _principal(document: dict[str, Any]) -> dict[str, Any] | None:
    person = document["principal"]
    if person is None:
        return None
    stated = document["principal_attendance"]
    stand_in = document["represented_by"]
    return {
        "name": person["name"],
        "address": reverse("desk-counterpart", args=["person", person["id"]]),
        "title": document["principal_title"],
        "attendance": "" if stated == Attendance.NOT_STATED else Attendance(stated).label.lower(),
        "stand_in": stand_in["name"] if stand_in else "",
    }


def _paper(document: dict[str, Any]) -> dict[str, Any]:
    kind = PaperKind(document["kind"]).label
    return {
        "title": document["title"] or kind,
        "kind": kind,
        "text": document["text"],
        "marking": document["marking"],
        "address": reverse("admin:engagements_paper_change", args=[document["id"]]),
    }


def _steps(record: Engagement, reader: Actor, *, tried: str) -> list[dict[str, Any]]:
    """Return the steps that can be taken now, and the one that was tried, with what each asks."""
    if record.is_in_error or not reader.may(Permission.WRITE):
        return []
    now = timezone.now()
    return [_step(one) for one in services.STEPS if one.name == tried or one.may_be_taken(record, at=now)]


def _step(step: Step) -> dict[str, Any]:
    name, label = _ASKS.get(step.name, ("", ""))
    return {"name": step.name, "label": step.label, "tone": step.tone, "field": name, "field_label": label}

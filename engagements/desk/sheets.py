"""The sheet of an engagement: when, where, who, what came of it and was promised, what belongs to it, what is next."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from engagements import services
from engagements.desk.lines import engagement_line, item_lines, people_of, read_documents
from engagements.models import ActionItem, Attachment, Engagement, Paper
from engagements.vocabulary import Attendance, PaperKind, Relation, Side
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of
from sgoffice.changes.steps import Step
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Entry, Link

#: What a step asks on the sheet, besides a reason: the name and label of one field.
_ASKS = {"hold": ("outcome", "What came of it")}
#: How a link reads from its other end.
_BACK = {
    Relation.PART_OF: "Has the part",
    Relation.FOLLOWS: "Is followed by",
    Relation.POSTPONED_TO: "In place of",
}
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
    [document] = read_documents(Engagement, [record.pk])
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
            _owned(ActionItem, record, reader), reader=reader, today=timezone.now().astimezone(zone).date()
        ),
        "papers": [_paper(one) for one in read_documents(Paper, _ids(Paper, record, reader))],
        "files": [_file(one) for one in read_documents(Attachment, _ids(Attachment, record, reader))],
        "links": _links(record, reader),
        "steps": _steps(record, reader),
        "is_in_error": record.is_in_error,
        "version": document["version"],
        "engagement_id": record.pk,
        "admin": reverse("admin:engagements_engagement_change", args=[record.pk]),
        "history": reverse("admin:engagements_engagement_history", args=[record.pk]),
    }
    return show(request, "engagements/desk/engagement.html", context | (more or {}), status=status)


def _owned(model: Any, record: Engagement, reader: Actor) -> Any:
    return model.objects.visible_to(reader).live().belonging_to([record.pk]).order_by("pk")


def _ids(model: Any, record: Engagement, reader: Actor) -> list[Any]:
    return list(_owned(model, record, reader).values_list("pk", flat=True))


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


def _file(document: dict[str, Any]) -> dict[str, Any]:
    is_here = document["size"] is not None
    return {
        "title": document["title"],
        "address": reverse("attachment-content", kwargs={"pk": document["id"]}) if is_here else document["address"],
        "marking": document["marking"],
    }


def _links(record: Engagement, reader: Actor) -> list[dict[str, str]]:
    """Return what the engagement belongs to and what belongs to it, as far as the reader may see it."""
    rows = Link.objects.filter(Q(source=record.pk) | Q(target=record.pk)).order_by("pk")
    ends = [(row, row.target_id if row.source_id == record.pk else row.source_id) for row in rows]
    seen: Any = Entry.objects.visible_to(reader).filter(pk__in=[end for _, end in ends], is_in_error=False)
    kinds = {entry.pk: entry for entry in seen}
    met = {one.pk: one for one in Engagement.objects.visible_to(reader).filter(pk__in=kinds)}
    found = []
    for row, end in ends:
        if end not in kinds:
            continue
        relation = Relation(row.relation)
        label = relation.label if row.source_id == record.pk else _BACK.get(relation, relation.label)
        other = met.get(end)
        title = other.title if other else f"{label_of(kinds[end].kind)} {kinds[end].reference}"
        address = reverse("desk-engagement", args=[other.reference]) if other else ""
        found.append({"label": label, "title": title, "address": address})
    return found


def _steps(record: Engagement, reader: Actor) -> list[dict[str, Any]]:
    """Return the steps that its status allows, with what each asks."""
    if record.is_in_error or not reader.may(Permission.WRITE):
        return []
    return [_step(one) for one in services.STEPS if one.is_open is None or one.is_open(record)]


def _step(step: Step) -> dict[str, Any]:
    name, label = _ASKS.get(step.name, ("", ""))
    return {"name": step.name, "label": step.label, "tone": step.tone, "field": name, "field_label": label}

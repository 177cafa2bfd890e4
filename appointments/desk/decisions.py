"""The sheets of a decision, with its mandates and their evidence, and of a session, with what it decided."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from appointments import services
from appointments.models import Decision, Mandate, Session
from appointments.rules import implementation_of, is_overdue
from appointments.vocabulary import Adoption, DecisionKind, Implementation, SessionStatus, session_in_words
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.changes.merging import MERGED
from sgoffice.desk.addresses import admin_address_of
from sgoffice.desk.heads import head_of
from sgoffice.desk.mentions import read_bodies, ties_of
from sgoffice.desk.pages import REFUSED, desk_page, show, zone_of_reader
from sgoffice.desk.steps import CHOICE, LINE, TEXTS, Asked, Taken, offered, shown, take
from sgoffice.records.actors import Permission

_TONES = {
    Implementation.COMPLETED: "good", Implementation.IN_PROGRESS: "warn", Implementation.NOT_STARTED: "warn",
    SessionStatus.HELD: "good", SessionStatus.NOT_HELD: "danger",
}  # fmt: skip
_REASON = Asked("reason", "Reason", LINE, "Only where there is something to say.")


@desk_page("GET", "HEAD")
def decision(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a decision."""
    return _decision(request, find(Decision, request, reference))


@desk_page("POST", needs=Permission.WRITE)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """Report how far one of its mandates has been carried out."""
    record = find(Decision, request, reference)
    rows: Any = Mandate.objects.visible_to(actor_of(request)).live().filter(decision=record)
    mandate = rows.filter(reference=request.POST.get("mandate", "").replace("\x00", "")).first()
    if mandate is None:
        return _decision(request, record, taken=Taken("", refused=("Choose one of the mandates below.",)))
    taken = take(request, mandate, _report_steps(mandate))
    if taken.record is None:
        return _decision(request, record, taken=taken, tried=mandate.reference)
    messages.success(request, "The report is recorded.")
    return redirect("desk-decision", reference)


@desk_page("GET", "HEAD")
def session(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a session."""
    return _session(request, find(Session, request, reference))


@desk_page("POST", needs=Permission.WRITE)
def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that a session was held, or was not."""
    record = find(Session, request, reference)
    taken = take(request, record, {step.name: (step, (_REASON,)) for step in services.SESSION_STEPS})
    if taken.record is None:
        return _session(request, record, taken=taken)
    messages.success(request, "The session is recorded.")
    return redirect("desk-session", reference)


def find(model: type[Any], request: HttpRequest, reference: str) -> Any:
    """Return the record that the reader may see; raises Http404 for any other reference."""
    found = model.objects.visible_to(actor_of(request)).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def _decision(request: HttpRequest, record: Decision, *, taken: Taken | None = None, tried: str = "") -> HttpResponse:
    reader = actor_of(request)
    day = timezone.now().astimezone(zone_of_reader(request)).date()
    rows: Any = Mandate.objects.visible_to(reader).live().filter(decision=record).order_by("paragraph", "pk")
    mandates = list(rows)
    found = read_bodies({record.pk: "decision", **dict.fromkeys((one.pk for one in mandates), "mandate")})
    document = found[str(record.pk)]
    may_write = reader.may(Permission.WRITE) and record.is_live
    context = {
        **head_of(document, record),
        "title": f"{document['symbol']} {document['title']}".strip(),
        "kind": DecisionKind(document["kind"]).label,
        "body": document["body"],
        "adopted": readable_date(document["adopted"]),
        "adoption": Adoption(document["adoption"]).label if document["adoption"] else "",
        "text": document["text"],
        "status": Implementation(implementation_of([one.status for one in mandates])).label if mandates else "",
        "mandates": [
            _mandate(one, found[str(one.pk)], is_late=is_overdue(one.status, one.due_on, on=day))
            | (
                _reporting(one, found[str(one.pk)]["version"], taken if one.reference == tried else None)
                if may_write
                else {}
            )
            for one in mandates
        ],
        "refused": taken.refused if taken else (),
        "ties": ties_of(record.pk, reader=reader, leave_out=(MERGED,)),
        "answer": reverse("desk-report", args=[record.reference]),
        "add_mandate": f"{reverse('admin:appointments_mandate_add')}?decision={record.pk}" if may_write else "",
    }
    return show(request, "appointments/desk/decision.html", context, status=REFUSED if taken else 200)


def _mandate(one: Mandate, document: dict[str, Any], *, is_late: bool) -> dict[str, Any]:
    status = Implementation(document["status"])
    return {
        "text": document["text"],
        "paragraph": document["paragraph"],
        "unit": document["responsible_unit"],
        "due": one.due_on,
        "is_late": is_late,
        "status": status.label,
        "tone": _TONES.get(status, ""),
        "evidence": document["evidence"],
        "marking": document["marking"],
        "reference": one.reference,
        "admin": admin_address_of(one),
    }


def _report_steps(one: Mandate) -> dict[str, Any]:
    [step] = services.MANDATE_STEPS
    asked = (
        Asked("status", "How far", CHOICE, choices=Implementation.choices, value=one.status),
        Asked("evidence", "Evidence", TEXTS, "A document, an address or a reference; completed needs one."),
        _REASON,
    )
    return {step.name: (step, asked)}


def _reporting(one: Mandate, version: int, taken: Taken | None) -> dict[str, Any]:
    [(step, asked)] = _report_steps(one).values()
    [button] = shown([offered(step, asked)], taken)["steps"]
    for field in button["fields"]:
        field["id"] = f"{one.reference}-{field['asked'].name}"
    return {"step": button, "version": version}


def _session(request: HttpRequest, record: Session, *, taken: Taken | None = None) -> HttpResponse:
    reader = actor_of(request)
    document = read_bodies({record.pk: "session"})[str(record.pk)]
    is_open = reader.may(Permission.WRITE) and record.is_live and record.status == SessionStatus.PLANNED
    steps = [offered(step, (_REASON,)) for step in services.SESSION_STEPS] if is_open else []
    country = document["country_name_then"] or (document["country"] or {}).get("name", "")
    status = SessionStatus(document["status"])
    ties = ties_of(record.pk, reader=reader, leave_out=(MERGED,))
    context = {
        **head_of(document, record),
        **shown(steps, taken),
        "title": f"{session_in_words(document['number'])} of the {document['body']['name']}",
        "status": status.label,
        "tone": _TONES.get(status, ""),
        "begins": readable_date(document["begins"]),
        "ends": readable_date(document["ends"]),
        "place": ", ".join(filter(None, (document["city"], country))),
        "groups": _by_label(ties),
        "answer": reverse("desk-settle", args=[record.reference]),
    }
    return show(request, "appointments/desk/session.html", context, status=REFUSED if taken else 200)


def _by_label(ties: list[Any]) -> list[tuple[str, list[Any]]]:
    labels = dict.fromkeys(tie.label for tie in ties)
    return [(label, [tie for tie in ties if tie.label == label]) for label in labels]

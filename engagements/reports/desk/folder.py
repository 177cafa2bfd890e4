"""The folder of a visit or a meeting: programme, briefs, items to raise and papers on one page, made to be printed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from engagements.models import Paper
from engagements.reports import services
from engagements.reports.desk.addresses import page_of
from engagements.reports.desk.counterparts import contact_line, name_of, open_item
from engagements.reports.desk.pdfs import PdfNotAvailable, is_available, pdf_of
from engagements.reports.services.programmes import Appearance
from engagements.reports.services.report_types import AgreementLine, Document, Guest
from engagements.vocabulary import EngagementKind, EngagementStatus, PaperKind
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date, zone_label
from sgoffice.desk.forms import number_in
from sgoffice.desk.pages import REFUSED, desk_page, show, zone_of_reader
from sgoffice.records.characters import without_forbidden
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import Marking

#: Copies in one file: each is laid out anew.
MOST_COPIES = 10


@desk_page("GET", "HEAD")
def folder(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the folder of an engagement, as far as the reader may see what belongs to it."""
    return show(request, "reports/desk/folder.html", folder_of(request, reference))


@desk_page("GET", "HEAD")
def folder_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the folder as one PDF, with its marking and the number of the copy on every page."""
    context, asked = folder_of(request, reference), without_forbidden(request.GET.get("copies", "1"))
    copies = number_in(asked) or 0
    if not 1 <= copies <= MOST_COPIES:
        refused = f"Say how many copies you want: 1 to {MOST_COPIES}."
        return show(
            request, "reports/desk/folder.html", context | {"refused": refused, "copies": asked}, status=REFUSED
        )
    pages = [
        render_to_string("reports/desk/folder_pdf.html", context | {"copy": copy, "copies": copies})
        for copy in range(1, copies + 1)
    ]
    try:
        content = pdf_of(pages, address=request.build_absolute_uri(reverse("desk-folder", args=[reference])))
    except PdfNotAvailable as error:
        return show(request, "reports/desk/folder.html", context | {"refused": str(error), "copies": asked}, status=501)
    file_name = f'inline; filename="{reference}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": file_name})


def folder_of(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Return what the folder says; raises Http404 for what the reader may not see."""
    day = timezone.now().astimezone(zone_of_reader(request)).date()
    try:
        found, papers = services.programme_and_papers(reference, actor=actor_of(request), today=day)
    except UnknownRecord:
        raise Http404 from None
    marking = Marking(found.marking) if found.marking else None
    return {
        "title": found.engagement.label,
        "address": page_of(found.engagement),
        "reference": found.engagement.reference,
        "marking": marking.label if marking else "",
        "kind": EngagementKind(found.kind).label,
        "status": EngagementStatus(found.status).label,
        "days": readable_date(found.held),
        "place": ", ".join(filter(None, (found.city, found.country))),
        "delegation": [guest_line(one) for one in found.delegation],
        "summary": found.summary,
        "files": [_document(one) for one in found.documents],
        "programme": [{"day": one.day, "entries": [_entry(entry) for entry in one.entries]} for one in found.days],
        "briefs": [_brief(one) for one in found.counterparts],
        "papers": [_paper(one) for one in papers],
        "makes_pdf": is_available(),
        "printed": timezone.now().astimezone(zone_of_reader(request)),
    }


def guest_line(one: Guest) -> str:
    """Return somebody with title, body and telephone in one line."""
    said = ", ".join(filter(None, (one.name, one.title, one.body)))
    return f"{said} ({', '.join(one.telephones)})" if one.telephones else said


def _document(one: Document) -> dict[str, Any]:
    kind = "File" if one.kind == "attachment" else PaperKind(one.kind).label
    return {"title": one.record.label, "kind": kind, "address": page_of(one.record)}


def _entry(one: Appearance) -> dict[str, Any]:
    status = EngagementStatus(one.status)
    return {
        "title": one.record.label,
        "address": page_of(one.record),
        "clock": f"{one.begins}–{one.ends}" if one.ends else one.begins,
        "zone": zone_label(one.starts_at, one.time_zone) if one.starts_at else "",
        "days": readable_date(one.held),
        "kind": EngagementKind(one.kind).label,
        "status": "" if status == EngagementStatus.CONFIRMED else status.label,
        "is_off": status in {EngagementStatus.CANCELLED, EngagementStatus.POSTPONED},
        "place": ", ".join(dict.fromkeys(filter(None, (one.venue, one.city, one.country)))),
        "guests": [guest_line(guest) for guest in one.guests],
        "delegation": [guest_line(guest) for guest in one.delegation],
        "summary": one.summary,
        "files": [_document(document) for document in one.documents],
        "items": [open_item(item) for item in one.items],
    }


def _brief(one: Any) -> dict[str, Any]:
    return {
        "name": name_of(one.counterpart),
        "address": page_of(one.counterpart),
        "total": one.contacts_total,
        "last": contact_line(one.last_contact) if one.last_contact else None,
        "ours": [open_item(item) for item in one.ours],
        "theirs": [open_item(item) for item in one.theirs],
        "agreements": [_agreement(line) for line in one.agreements],
    }


def _agreement(one: AgreementLine) -> dict[str, str]:
    due = f" {one.deadline.sentence}" if one.deadline else ""
    return {"title": one.record.label, "address": page_of(one.record), "sentence": f"{one.sentence}{due}"}


def _paper(one: Paper) -> dict[str, Any]:
    kind = PaperKind(one.kind).label
    return {"title": one.title or kind, "kind": kind, "text": one.text}

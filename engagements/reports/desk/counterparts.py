"""The sheet of a counterpart: who they are, when we met, what is owed, agreed and decided."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from engagements.desk.held_days import held_in_words
from engagements.reports import services
from engagements.reports.desk.addresses import page_of
from engagements.reports.desk.pictures import picture_of
from engagements.reports.services.report_types import (
    Attendee,
    BindingDecision,
    ContactLine,
    Function,
    Mention,
    OpenItem,
    PersonMet,
)
from engagements.vocabulary import ActionItemStatus, Attendance, EngagementKind, EngagementStatus, Mode
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.directory.vocabulary import CounterpartKind
from sgoffice.languages.sentences import said
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import Marking


@desk_page("GET", "HEAD")
def counterpart(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show everything that the reader may know about a person, an organization or a country."""
    reader, now = actor_of(request), timezone.now()
    if kind not in CounterpartKind.values:
        raise Http404
    try:
        record = services.find_counterpart(kind, key, actor=reader)
    except UnknownRecord:
        raise Http404 from None
    if record.merged_into_id is not None:
        return redirect("desk-counterpart", kind, record.merged_into_id)
    day = now.astimezone(zone_of_reader(request)).date()
    about = services.counterpart_of(record, family=())
    brief, contacts = services.brief_and_contacts(about, day, actor=reader, at=now)
    return show(
        request, "reports/desk/counterpart.html", {"drawings": picture_of(contacts, brief, day), **_shown(brief)}
    )


def _shown(brief: services.Brief) -> dict[str, Any]:
    ahead, items = [brief.next_contact] if brief.next_contact else [], brief.action_items
    return {
        "name": name_of(brief.counterpart),
        "marking": brief.marking,
        "marking_label": Marking(brief.marking).label if brief.marking else "",
        "about": [(one.about, one.text) for one in brief.about],
        "functions": [_function(one) for one in brief.functions],
        "ahead": [contact_line(one) for one in ahead],
        "asked": [contact_line(one) for one in brief.to_confirm],
        "contacts": [contact_line(one) for one in brief.last_contacts],
        "contacts_total": brief.contacts_total,
        "owed": [
            ("Promised by us", [open_item(one) for one in items.ours], items.ours_total),
            ("Promised by them", [open_item(one) for one in items.theirs], items.theirs_total),
        ],
        "agreements": [{**_tied(one.record), "sentence": one.sentence} for one in brief.agreements],
        "decisions": [_decision(one) for one in brief.decisions],
        "people": [_met(one) for one in brief.people],
        "admin": reverse(f"admin:directory_{brief.counterpart.kind}_change", args=[brief.counterpart.id]),
    }


def name_of(one: Mention) -> str:
    """Return a name in the language of the page; the names of people stay as they are."""
    return one.label if one.kind == CounterpartKind.PERSON else said(one.label)


def _function(one: Function) -> dict[str, Any]:
    since = readable_date(one.start_date)
    return {"person": _tied(one.person), "role": one.role, "body": _tied(one.organization), "since": since}


def _decision(one: BindingDecision) -> dict[str, Any]:
    title = f"{one.symbol} {one.title}".strip()
    return {**_tied(one.record), "title": title, "body": one.body, "adopted": readable_date(one.adopted)}


def _met(one: PersonMet) -> dict[str, Any]:
    last = {**_tied(one.engagement), "when": held_in_words(one.held, one.date_basis)}
    said = ", ".join(filter(None, (one.title, one.body)))
    return {**_tied(one.person), "said": said, "times": one.times, "last": last}


def _tied(mention: Mention) -> dict[str, Any]:
    return {
        "title": mention.label,
        "address": page_of(mention),
        "is_uncertain": mention.is_uncertain,
        "remarks": mention.remarks,
    }


def contact_line(line: ContactLine) -> dict[str, Any]:
    status = EngagementStatus(line.status)
    return {
        **_tied(line.record),
        "when": held_in_words(line.held, line.date_basis),
        "clock": f"{line.starts_at:%H:%M}" if line.starts_at else "",
        "kind": EngagementKind(line.kind).label,
        "status": "" if status == EngagementStatus.HELD else status.label,
        "place": ", ".join(filter(None, (line.city, said(line.country)))),
        "who": "; ".join(map(_attendee, line.attendees)),
        "ours": _ours(line),
        "readout": line.readout.text if line.readout else "",
    }


def _attendee(one: Attendee) -> str:
    how = "" if one.mode == Mode.IN_PERSON else f" ({said(Mode(one.mode).label).lower()})"
    return ", ".join(filter(None, (one.name, one.title))) + how


def _ours(line: ContactLine) -> str:
    """Return who came for us, where it was not the principal in person."""
    if line.principal is None:
        return ""
    if line.represented_by is not None:
        names = {"who": line.represented_by.label, "principal": line.principal.label}
        return gettext("%(who)s for %(principal)s") % names
    if line.principal_attendance == Attendance.ABSENT:
        return gettext("without %(principal)s") % {"principal": line.principal.label}
    mode = Mode(line.principal_mode)
    return "" if mode == Mode.IN_PERSON else f"{line.principal.label} ({said(mode.label).lower()})"


def open_item(item: OpenItem) -> dict[str, Any]:
    about = item.engagement or item.agreement or item.mandate
    return {
        **_tied(item.record),
        "due": item.due_on,
        "is_overdue": item.is_overdue,
        "owner": item.owner,
        "status": ActionItemStatus(item.status).label,
        "about": _tied(about) if about else None,
    }

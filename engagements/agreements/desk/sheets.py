"""The sheet of an agreement: where it stands, its time line, who is bound, what was done, what comes, its texts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from appointments.models import Body
from engagements.agreements import services
from engagements.agreements.desk.pictures import picture_of
from engagements.agreements.desk.steps import next_steps, sides_of
from engagements.agreements.models import Agreement
from engagements.agreements.rules import with_names
from engagements.agreements.services.presenters import names_in
from engagements.agreements.vocabulary import ENDED, ActKind, Basis, Instrument, PartySide, Scope, Status
from engagements.desk.held_days import held_in_words
from engagements.desk.lines import file_line, item_lines, titles_of
from engagements.models import ActionItem, Attachment
from engagements.vocabulary import DateBasis
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.changes.merging import MERGED, same_records
from sgoffice.desk.addresses import address_of
from sgoffice.desk.heads import head_of
from sgoffice.desk.mentions import read_bodies, ties_of
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.desk.steps import Taken, shown
from sgoffice.languages.sentences import said, said_inside
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.models import Marking

_TONES = {
    Status.IN_FORCE: "good",
    Status.PROVISIONALLY_APPLIED: "good",
    Status.SUSPENDED: "warn",
    Status.NOT_KNOWN: "warn",
    **dict.fromkeys(ENDED, "danger"),
}
_BASES = {Basis.ATTESTED: "stated by a source"}
_MOST_OWNED = 50


def find(request: HttpRequest, reference: str) -> Agreement:
    """Return the agreement that the reader may see; raises Http404 for any other reference."""
    rows: Any = Agreement.objects.visible_to(actor_of(request))
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def bodies_of(document: dict[str, Any]) -> list[Body]:
    """Return the bodies of the organizations that are parties."""
    own = [one["organization"]["id"] for one in document["parties"] if one["organization"]]
    return list(Body.objects.live().filter(organization__in=own).order_by("name", "pk"))


@desk_page("GET", "HEAD")
def agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an agreement; what was merged leads to its survivor."""
    found = find(request, reference)
    if found.merged_into_id is not None:
        rows: Any = Agreement.objects.visible_to(actor_of(request))
        if survivor := rows.filter(pk=found.merged_into_id).first():
            return redirect("desk-agreement", survivor.reference)
    return sheet(request, found)


def sheet(
    request: HttpRequest,
    record: Agreement,
    *,
    taken: Taken | None = None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page of an agreement; `taken` is a step that was refused, `more` a file that was."""
    reader = actor_of(request)
    day = timezone.now().astimezone(zone_of_reader(request)).date()
    document, owed, files = _documents(record, reader)
    may_write = reader.may(Permission.WRITE) and record.is_live
    now = _period_on(document["periods"], day)
    steps = next_steps(now["status"], sides_of(document), bodies_of(document)) if may_write else []
    context = {
        **shown(steps, taken),
        **head_of(document, record),
        "title": document["title"],
        "short_title": document["short_title"],
        "status": Status(now["status"]).label,
        "tone": _TONES.get(Status(now["status"]), ""),
        "kind": Instrument(document["instrument"]).label,
        "sentence": now["sentence"],
        "basis": _BASES.get(now["basis"], ""),
        "may_notify": _may_notify(document, now),
        "dues": _dues(record, document, day),
        "items": item_lines(
            owed, about=titles_of((one["engagement"] for one in owed), reader=reader), reader=reader, today=day
        ),
        "ties": ties_of(record.pk, reader=reader, leave_out=(MERGED,)),
        "answer": reverse("desk-agreement-answer", args=[record.reference]),
        **_cards(document, day),
        **_file_card(files, may_change=may_write),
        **(more or {}),
    }
    return show(request, "agreements/desk/agreement.html", context, status=status)


def _may_notify(document: dict[str, Any], now: dict[str, Any]) -> bool:
    """Tell whether a letter can name the day of entry into force: it is proved, and the event's own."""
    entries = [one for one in document["acts"] if one["kind"] == ActKind.ENTRY_INTO_FORCE]
    is_proved = bool(now["is_in_force"]) and now["basis"] == Basis.COMPUTED
    return is_proved and all(one["date_basis"] == DateBasis.EVENT for one in entries)


def _cards(document: dict[str, Any], day: date) -> dict[str, Any]:
    return {
        "drawings": picture_of(document, day),
        "periods": [_period(one, day) for one in document["periods"]],
        "parties": [_party(one) for one in document["parties"]],
        "acts": [_act(one) for one in document["acts"]],
        "awaiting": document["computed"]["awaiting"],
        "terms": _terms(document),
        "texts": document["texts"],
    }


def _file_card(files: list[dict[str, Any]], *, may_change: bool) -> dict[str, Any]:
    lines = [file_line(one) for one in files]
    return {"files": lines, "may_change_files": may_change, "markings": Marking.choices}


def _documents(record: Agreement, reader: Actor) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the documents of an agreement, of what is owed under it and of its files that the reader may see."""
    items: Any = ActionItem.objects.visible_to(reader).live().filter(agreement=record.pk).order_by("sort_due", "pk")
    files: Any = Attachment.objects.visible_to(reader).live().filter(agreement__in=same_records([record.pk]))
    owed = list(items.values_list("pk", flat=True)[:_MOST_OWNED])
    held = list(files.order_by("pk").values_list("pk", flat=True)[:_MOST_OWNED])
    kinds = {record.pk: Agreement.record_kind} | dict.fromkeys(owed, ActionItem.record_kind)
    found = read_bodies(kinds | dict.fromkeys(held, Attachment.record_kind))
    return found[str(record.pk)], [found[str(pk)] for pk in owed], [found[str(pk)] for pk in held]


def _dues(record: Agreement, document: dict[str, Any], day: date) -> list[dict[str, Any]]:
    names = names_in(document)
    return [{"day": one.day, "sentence": with_names(one.sentence, names)} for one in services.due_about(record, day)]


def _period_on(periods: Sequence[dict[str, Any]], day: date) -> dict[str, Any]:
    """Return the period of a day; every day lies in one."""
    return next(one for one in periods if _covers(one, day))


def _period(one: dict[str, Any], day: date) -> dict[str, Any]:
    status = Status(one["status"])
    return {
        "status": status.label,
        "tone": _TONES.get(status, ""),
        "start": readable_date(one["start"]),
        "end": readable_date(one["end"]),
        "sentence": one["sentence"],
        "basis": _BASES.get(one["basis"], ""),
        "is_now": _covers(one, day),
    }


def _covers(one: dict[str, Any], day: date) -> bool:
    text = day.isoformat()
    return (one["start"] is None or one["start"] <= text) and (one["end"] is None or text < one["end"])


def _party(one: dict[str, Any]) -> dict[str, Any]:
    who, kind = (one["organization"], "organization") if one["organization"] else (one["country"], "country")
    return {
        "name": who["name"],
        "address": address_of(kind, who.get("id") or who["code"]),
        "through": one["through"],
        "side": PartySide(one["side"]).label.lower(),
        "signed": [", ".join(filter(None, (by["name"], by["title"]))) for by in one["signatories"]],
        "bound": [_binding(binding) for binding in one["bindings"]],
    }


def _binding(one: dict[str, Any]) -> str:
    start, end = readable_date(one["start"]), readable_date(one["end"])
    when = " ".join(filter(None, (start and f"from {start}", end and f"until {end}")))
    told = {True: "bound", False: "not bound", None: "whether it is bound is not known"}[one["is_bound"]]
    by = f" ({ActKind(one['by']).label.lower()})" if one["by"] else ""
    return " ".join(filter(None, (told, when))) + by


def _act(one: dict[str, Any]) -> dict[str, Any]:
    who = [(one["party"] or {}).get("name", ""), (one["by_body"] or {}).get("name", "")]
    behalf = one["on_behalf_of"]
    country = said((one["place_country"] or {}).get("name", ""))
    place = ", ".join(dict.fromkeys(filter(None, (one["place_city"], country))))
    return {
        "kind": ActKind(one["kind"]).label,
        "when": held_in_words(one["date"], one["date_basis"]) or "no day",
        "effect": readable_date(one["date_of_effect"]),
        "until": readable_date(one["until"]),
        "who": _for(next(filter(None, who), ""), behalf["name"] if behalf else ""),
        "attests": Status(one["attests"]).label.lower() if one["attests"] else "",
        "place": place,
        "text": one["text"] or one["document"],
        "source": one["source"],
        "is_uncertain": one["verification"] in {"inferred", "unverified"},
    }


def _for(who: str, party: str) -> str:
    if not party:
        return said_inside(who) if who else ""
    return gettext("%(who)s for %(party)s") % {"who": said_inside(who), "party": said_inside(party)}


def _terms(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what its clauses say, in words."""
    standing = document["standing"]
    said = (
        ("For", ", ".join(Scope(one).label for one in document["scope"])),
        ("About", ", ".join(one["name"] for one in document["topics"])),
        ("Term", _length(document["duration"])),
        ("Renewed tacitly for", _length(document["tacit_renewal"])),
        ("Notice", _length(document["notice_period"])),
        ("Expires", readable_date(document["expires"])),
        ("Renewed so far", str(standing["renewals"] or "")),
        ("Term ends", readable_date(standing["term_ends"])),
        ("Last day for notice", readable_date(standing["last_day_for_notice"])),
        ("Depositary", document["depositary"]),
        ("Registered", document["registration_number"]),
        ("Languages", ", ".join(document["authentic_languages"])),
    )
    return [(label, text) for label, text in said if text]


def _length(text: str) -> str:
    """Return a duration in words: P5Y becomes “5 years”."""
    units = {"Y": "year", "M": "month", "W": "week", "D": "day"}
    parts, number = [], ""
    for one in text.removeprefix("P"):
        if one.isdigit():
            number += one
        elif one in units and number:
            parts.append(f"{number} {units[one]}{'' if number == '1' else 's'}")
            number = ""
    return " and ".join(parts) or text

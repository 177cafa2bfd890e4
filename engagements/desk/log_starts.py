"""What the form “Log a meeting” begins with: a draft, another meeting as last time, or what the new one belongs to."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from engagements.desk.lines import people_of
from engagements.models import Engagement
from engagements.vocabulary import EngagementStatus, Relation, Side
from sgoffice.admin.formatting import readable_date
from sgoffice.desk.mentions import Named, names_of, read_bodies
from sgoffice.desk.pages import desk_page
from sgoffice.places.codes import label_of as country_named
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.characters import find_forbidden_character
from sgoffice.records.models import Entry

DRAFT = "desk-draft"
_LONGEST_DRAFT = 60_000  # characters
#: What a new meeting can belong to, by the name of the field and the kind at the other end.
TIES = {Relation.PART_OF: "engagement", Relation.FOLLOWS: "engagement", Relation.UNDER: "agreement"}


@desk_page("POST", needs=Permission.WRITE)
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed with the sign-in: it ends with it, and nothing of it is left in the browser."""
    typed = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken" and value}
    if sum(len(name) + len(value) for name, value in typed.items()) <= _LONGEST_DRAFT:
        request.session[DRAFT] = typed
    return HttpResponse(status=204)


@desk_page("POST", needs=Permission.WRITE)
def drop_draft(request: HttpRequest) -> HttpResponse:
    """Begin anew, with what the meeting was to belong to when the draft came up instead."""
    forget_draft(request)
    asked = {name: text for name in TIES if (text := request.POST.get(name, ""))}
    return redirect(reverse("desk-log", query=asked) if asked else reverse("desk-log"))


def forget_draft(request: HttpRequest) -> None:
    request.session.pop(DRAFT, None)


def draft_of(request: HttpRequest) -> dict[str, str]:
    """Return what was typed and not logged; empty while nobody was named and nothing written."""
    found: dict[str, str] = request.session.get(DRAFT) or {}
    is_said = any(name.startswith(("who-", "promise-")) or name in {"title", "outcome", "summary"} for name in found)
    return found if is_said else {}


def ties_in(data: Mapping[str, Any], *, by: Actor) -> dict[str, Named]:
    """Return what the new meeting is to belong to, by relation, as far as the actor may see it."""
    given = {
        relation: text
        for relation in TIES
        if (text := str(data.get(relation, ""))) and not find_forbidden_character(text)
    }
    if not given:
        return {}
    rows = Entry.objects.visible_to(by).filter(reference__in=given.values(), is_in_error=False)
    seen = {row.reference: row for row in rows}
    shown = names_of({row.pk: row.kind for row in seen.values()})
    found = {relation: seen.get(text) for relation, text in given.items()}
    return {relation: shown[row.pk] for relation, row in found.items() if row and row.kind == TIES[Relation(relation)]}


def as_part(visit: Mapping[str, Any]) -> dict[str, str]:
    """Return what a part has of its visit, as it would be typed: the place, the marking, the day where there is one."""
    status = visit["status"] if visit["status"] in {EngagementStatus.CONFIRMED, EngagementStatus.TENTATIVE} else ""
    day = "" if "/" in (visit["held"] or "") else readable_date(visit["held"])
    return {**_place(visit), "day": day, "status": status, "marking": visit["marking"]}


def as_last_time(reference: str, *, by: Actor) -> dict[str, str]:
    """Return the people, place and kind of another meeting that the actor may see, as they would be typed."""
    if not reference or find_forbidden_character(reference):
        return {}
    rows: Any = Engagement.objects.visible_to(by).live().filter(reference=reference)
    record = rows.first()
    if record is None:
        return {}
    document = read_bodies({record.pk: Engagement.record_kind})[str(record.pk)]
    theirs = [one for one in people_of(document) if one["side"] == Side.THEIRS]
    place = _place(document) | {"venue": document["venue"]}
    lines = {f"who-{number}": _line(one) for number, one in enumerate(theirs)}
    return {**lines, **place, "kind": document["kind"], "status": "confirmed", "marking": document["marking"]}


def _place(document: Mapping[str, Any]) -> dict[str, str]:
    country = (document["country"] or {}).get("code", "")
    return {"city": document["city"], "country": country_named(country) if country else ""}


def _line(one: dict[str, Any]) -> str:
    said = (part["text"] for capacity in one["capacities"][:1] for part in capacity)
    return ", ".join((one["name"], *said))

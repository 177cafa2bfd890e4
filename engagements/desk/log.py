"""Log a meeting: one short form, what is understood of each line shown in place, refusals answered where they stand."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from engagements import services
from engagements.desk.held_days import held_in_words
from engagements.desk.log_form import MOST_LINES, STATUSES, LogForm, who_line
from engagements.desk.log_starts import TIES, as_last_time, as_part, draft_of, forget_draft, ties_in
from engagements.desk.log_times import day_shown
from engagements.desk.sheets import OWINGS
from engagements.models import Engagement
from engagements.vocabulary import EngagementKind, EngagementStatus, Relation
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import zone_label
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.forms import number_in
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.places.zones import zone_called, zone_of
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.characters import without_forbidden
from sgoffice.records.errors import PossibleDuplicates, RegisterError, RuleViolation
from sgoffice.records.models import Marking

_LABELS = {
    "title": "What it is called", "kind": "What kind", "status": "Did it take place", "day": "Day", "start": "From",
    "end": "Until", "city": "City", "country": "Country", "zone": "Time zone", "outcome": "What came of it",
    "marking": "Who may read it", "venue": "Venue", "summary": "What it is about",
}  # fmt: skip
_MORE = 3  # lines at once


@desk_page("GET", "HEAD", "POST", needs=Permission.WRITE)
def log(request: HttpRequest) -> HttpResponse:
    """Show the form, or log what was sent; a refused form comes back with everything that was typed."""
    if request.method != "POST":
        return _begin(request)
    by = actor_of(request)
    form = LogForm.sent(request.POST, by=by)
    form.ties = ties_in(request.POST, by=by)
    if "more" in request.POST:
        form.fill_up(_MORE)
        return show_log(request, form, focus=form.who[-min(_MORE, len(form.who))].name)
    today = timezone.now().astimezone(zone_of_reader(request)).date()
    entry = form.entry(by=by, today=today, is_another="another" in request.POST)
    if entry is None:
        return show_log(request, form, status=REFUSED)
    logged, refused = _log(entry, by)
    if _lies_ahead(refused) and form.may_be_planned:
        logged, refused = _log(replace(entry, status=EngagementStatus.TENTATIVE), by)
    if logged is None:
        return show_log(request, form, duplicates=_refuse(form, refused, by), status=REFUSED)
    forget_draft(request)
    if logged.status == EngagementStatus.TENTATIVE:
        messages.success(request, f"Logged as planned, not confirmed yet: {logged.title}.")
    else:
        messages.success(request, f"Logged: {logged.title}.")
    return redirect("desk-engagement", logged.reference)


def _log(entry: services.EngagementEntry, by: Actor) -> tuple[Engagement | None, RegisterError | None]:
    return attempt(lambda: services.log_engagement(entry, by=by, at=timezone.now()))


def _lies_ahead(refused: RegisterError | None) -> bool:
    return isinstance(refused, RuleViolation) and refused.rule == "not-in-the-future"


def _begin(request: HttpRequest) -> HttpResponse:
    """Show the form with what was typed before, as last time, or empty; and with what the meeting belongs to."""
    by = actor_of(request)
    if typed := as_last_time(request.GET.get("like", ""), by=by):
        form = LogForm.sent(typed, by=by)
    elif typed := draft_of(request):
        form, is_draft = LogForm.sent(typed, by=by), True
        form.ties = ties_in(typed, by=by)
        return show_log(request, form, is_draft=is_draft)
    elif (visit := ties_in(request.GET, by=by).get(Relation.PART_OF)) is not None:
        form = LogForm.sent(as_part(visit.document), by=by)
    else:
        form = LogForm.empty()
    form.ties = ties_in(request.GET, by=by)
    return show_log(request, form)


@desk_page("POST", needs=Permission.WRITE)
def understood(request: HttpRequest) -> HttpResponse:
    """Show how one line is understood, while the form is being filled in."""
    number = number_in(request.POST.get("number", ""))
    if number is None or number >= MOST_LINES:
        return HttpResponse(status=204)
    line = who_line(number, request.POST, by=actor_of(request))
    return show(request, "engagements/desk/understood.html", {"line": line})


@desk_page("POST", needs=Permission.WRITE)
def clocks(request: HttpRequest) -> HttpResponse:
    """Tell how the day is understood and on whose clocks the times are, while the form is being filled in."""
    return show(request, "engagements/desk/clocks.html", _when(request, request.POST))


def show_log(
    request: HttpRequest,
    form: LogForm,
    *,
    duplicates: list[dict[str, str]] | None = None,
    notes: list[str] | None = None,
    focus: str = "",
    is_draft: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Return the page of the form."""
    context = {
        "form": form,
        "values": form.values,
        "errors": form.errors,
        "wrong": [(name, _label(name), text) for name, text in form.errors.items()],
        "duplicates": duplicates or [],
        "notes": notes or [],
        "is_draft": is_draft,
        "asked": [(name, text) for name, text in request.GET.items() if name in TIES],
        "ties": [(relation, Relation(relation).label, one) for relation, one in form.ties.items()],
        "focus": focus or next((name for name in form.errors if name), "") or ("" if duplicates else "who-0"),
        "kinds": EngagementKind.choices,
        "statuses": STATUSES,
        "sides": OWINGS,
        "markings": [(one.value, one.label) for one in Marking],
        **_when(request, form.values),
        "may_add": len(form.who) < MOST_LINES,
    }
    return show(request, "engagements/desk/log.html", context, status=status)


def _label(name: str) -> str:
    if name.startswith("who-"):
        return "With whom"
    return "What was promised" if name.startswith("promise-") else _LABELS.get(name, "")


def _refuse(form: LogForm, refused: RegisterError | None, by: Actor) -> list[dict[str, str]]:
    """Show what was refused at its field; return the meetings that this one may be."""
    if isinstance(refused, PossibleDuplicates) and set(refused.candidates) == {""}:
        ids = [one.id for one in refused.candidates[""]]
        rows = Engagement.objects.visible_to(by).filter(pk__in=ids).order_by("sort_day", "pk")
        return [
            {
                "title": row.title,
                "when": held_in_words(row.held, row.date_basis),
                "place": row.city,
                "status": row.get_status_display(),
                "address": reverse("desk-engagement", args=[row.reference]),
            }
            for row in rows
        ]
    if isinstance(refused, PossibleDuplicates):
        for pointer in refused.candidates:
            form.refuse(pointer, "This name may mean several. Write it in full, as the register has it.")
    elif _lies_ahead(refused):
        form.refuse("/held", "This day lies ahead. Correct it, or choose below that the meeting is planned.")
    elif refused is not None:
        for pointer, detail in refusal_texts(refused):
            form.refuse(pointer, detail)
    return []


def _when(request: HttpRequest, values: Any) -> dict[str, str]:
    """Return how day and clocks are understood."""
    now = timezone.now()
    today = now.astimezone(zone_of_reader(request)).date()
    day = day_shown(without_forbidden(str(values.get("day", ""))).strip(), today=today)
    return {"clocks": _clocks(values, now), "day": day}


def _clocks(values: Any, now: datetime) -> str:
    """Return the zone of the place in words, as far as it is known."""
    named = zone_called(without_forbidden(values.get("zone", "")))
    try:
        country = read_country(without_forbidden(values["country"])) if values.get("country") else None
    except UnclearPlace:
        country = None
    zone = named or zone_of(without_forbidden(values.get("city", "")), country)
    return zone_label(now.astimezone(ZoneInfo(zone)), zone) if zone else ""

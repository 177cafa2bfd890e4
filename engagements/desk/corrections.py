"""Correct an engagement: its fields as they are, of which only those that were changed are sent to the service."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from engagements import services
from engagements.desk.log_times import times_in
from engagements.desk.sheets import find
from engagements.models import Engagement
from engagements.vocabulary import Attendance, EngagementKind, MeetingFormat
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.forms import forbidden_characters, number_in
from sgoffice.desk.mentions import read_bodies
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader
from sgoffice.desk.steps import CHOICE, LINE, LONG, Asked
from sgoffice.places.codes import label_of as country_named
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.actors import Permission
from sgoffice.records.characters import without_forbidden
from sgoffice.records.entries import Correction

_TIMES = ("day", "start", "end", "zone")
_PLAIN = ("title", "kind", "meeting_format", "venue", "city", "summary", "outcome", "principal_attendance")
#: Where a refusal of the service is shown.
_POINTERS = {"held": "day", "starts_at": "start", "ends_at": "end", "time_zone": "zone"}


@desk_page("GET", "HEAD", "POST", needs=Permission.WRITE)
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the fields as they are, or correct what was changed; what is refused comes back with all that was typed."""
    record = find(request, reference)
    document = read_bodies({record.pk: Engagement.record_kind})[str(record.pk)]
    asked = _asked(document)
    if request.method != "POST":
        moved = _moved(request, document)
        return _page(request, record, asked, moved, {}, version=document["version"], focus="reason" if moved else "")
    typed = {one.name: without_forbidden(request.POST.get(one.name, "")).strip()[: one.length] for one in asked}
    errors = {name: f"This {found.advice}" for name, found in forbidden_characters(request.POST)}
    version = number_in(request.POST.get("version", ""))
    changed = {one.name: typed[one.name] for one in asked if typed[one.name] != one.value and one.name != "reason"}
    today = timezone.now().astimezone(zone_of_reader(request)).date()
    values, wrong = _values(changed, typed, asked, today)
    errors |= wrong
    if errors or version is None:
        return _page(request, record, asked, typed, errors, version=request.POST.get("version", ""))
    if not values:
        return redirect("desk-engagement", reference)
    correction = Correction(services.EngagementEntry, values)

    def work() -> Engagement:
        return services.correct_engagement(
            record.pk, correction, by=actor_of(request), expected=version, at=timezone.now(), reason=typed["reason"]
        )

    done, refused = attempt(work)
    if done is None:
        for pointer, text in refusal_texts(refused) if refused else ():
            head = pointer.strip("/").partition("/")[0]
            errors[_POINTERS.get(head, head if head in typed else "")] = text
        return _page(request, record, asked, typed, errors, version=version)
    messages.success(request, "Corrected.")
    return redirect("desk-engagement", reference)


def _moved(request: HttpRequest, document: Mapping[str, Any]) -> dict[str, str]:
    """Return the days of a meeting that was dragged from one day to another in the diary, as people write them."""
    held = document["held"] or ""
    try:
        by = date.fromisoformat(request.GET.get("to", "")) - date.fromisoformat(request.GET.get("from", ""))
        days = [(date.fromisoformat(one) + by).isoformat() for one in held.split("/")]
    except (ValueError, OverflowError):
        return {}  # no drag, or no exact days: the page shows what is recorded
    return {"day": readable_date("/".join(days))}


def _values(
    changed: Mapping[str, str], typed: Mapping[str, str], asked: list[Asked], today: Any
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the fields of the correction, and what cannot be read."""
    values: dict[str, Any] = {name: changed[name] for name in _PLAIN if name in changed}
    errors: dict[str, str] = {}
    for one in asked:
        if one.kind == CHOICE and one.name in changed and changed[one.name] not in dict(one.choices):
            errors[one.name] = "Choose one of the list."
    if "country" in changed:
        try:
            values["country"] = read_country(changed["country"]) if changed["country"] else None
        except UnclearPlace as error:
            errors["country"] = str(error)
    if any(name in changed for name in _TIMES):
        times, wrong = times_in(typed, today=today)
        errors |= wrong
        values |= {"starts_at": None, "ends_at": None, **times} if "held" in times else times
    return values, errors


def _asked(document: Mapping[str, Any]) -> list[Asked]:
    """Return the fields with what they hold, as people write it."""
    zone = document["time_zone"]
    start, end = (_clock(document[name], zone) for name in ("starts_at", "ends_at"))
    country = (document["country"] or {}).get("code", "")
    return [
        Asked("title", "What it is called", LINE, value=document["title"]),
        Asked("kind", "What kind", CHOICE, choices=EngagementKind.choices, value=document["kind"]),
        Asked("day", "Day", LINE, "7 December 2026, December 2026", value=readable_date(document["held"])),
        Asked("start", "From", LINE, "16:00, if known", value=start),
        Asked("end", "Until", LINE, "17:00, if known", value=end),
        Asked("zone", "Time zone", LINE, "only where the place leaves it open", value=zone_words(zone)),
        Asked("venue", "Venue", LINE, value=document["venue"]),
        Asked("city", "City", LINE, value=document["city"]),
        Asked("country", "Country", LINE, "in any language", value=country_named(country) if country else ""),
        Asked("meeting_format", "How", CHOICE, choices=MeetingFormat.choices, value=document["meeting_format"]),
        Asked(
            "principal_attendance", "Our principal", CHOICE, choices=Attendance.choices,
            value=document["principal_attendance"],
        ),
        Asked("summary", "Summary", LONG, value=document["summary"]),
        Asked("outcome", "What came of it", LONG, value=document["outcome"]),
        Asked("reason", "Why it is corrected", LINE, "It stands in the history."),
    ]  # fmt: skip


def zone_words(zone: str) -> str:
    """Return a zone as people write it: its city."""
    return zone.rpartition("/")[2].replace("_", " ")


def _clock(instant: str | None, zone: str) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(zone or 'UTC')):%H:%M}" if instant else ""


def _page(
    request: HttpRequest,
    record: Engagement,
    asked: list[Asked],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    version: Any,
    focus: str = "",
) -> HttpResponse:
    fields = [
        {"asked": one, "id": one.name, "value": typed.get(one.name, one.value), "error": errors.get(one.name, "")}
        for one in asked
    ]
    labels = {one.name: one.label for one in asked}
    context = {
        "record": record,
        "version": version,
        "fields": fields,
        "wrong": [(name, labels.get(name, ""), text) for name, text in errors.items()],
        "focus": next((name for name in errors if name), focus or "title"),
    }
    return show(request, "engagements/desk/correct.html", context, status=REFUSED if errors else 200)

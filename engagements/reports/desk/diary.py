"""The diary by week and by month, as tables: who, when on the clocks of the place, and what clashes."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from engagements.desk.lines import engagement_line
from engagements.models import Engagement
from engagements.querysets import OLDEST
from engagements.vocabulary import AHEAD, EngagementStatus
from sgoffice.admin.access import actor_of
from sgoffice.desk.forms import FIRST_DAY, LAST_DAY, day_in
from sgoffice.desk.mentions import read_bodies
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.places.codes import label_of as country_named
from sgoffice.places.reading import UnclearPlace, read_country
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.characters import without_forbidden

_STATUSES = (
    EngagementStatus.REQUESTED, EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED, EngagementStatus.HELD,
    EngagementStatus.NOT_HELD, EngagementStatus.POSTPONED, EngagementStatus.CANCELLED,
)  # fmt: skip
#: Shown unless a status is asked for, and what takes up somebody's time.
_IN_DIARY, _TAKING_TIME = _STATUSES[:4], _STATUSES[1:4]
_MOST = 200
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@desk_page("GET", "HEAD")
def diary(request: HttpRequest) -> HttpResponse:
    """Show a week or a month of the diary, narrowed by principal, country and status."""
    reader, zone = actor_of(request), zone_of_reader(request)
    today = timezone.now().astimezone(zone).date()
    day = day_in(request.GET.get("day", ""), today=today) or today
    is_month = request.GET.get("view") == "month"
    first, last = _month(day) if is_month else (day - _DAY * day.weekday(), day + _DAY * (6 - day.weekday()))
    asked, error = _asked(request)
    rows = _rows(reader, first, last, asked)
    shown = read_bodies(dict.fromkeys(rows, Engagement.record_kind))
    documents = [one for pk in rows if (one := shown.get(str(pk)))]
    if asked["principal"]:
        documents = [one for one in documents if _principal(one) == asked["principal"]]
    clashes = _clashes(documents)
    lines = [_line(one, clashes, zone=zone) for one in documents]
    exact = [line for line, one in zip(lines, documents, strict=True) if _is_exact(one)]
    context = {
        "is_month": is_month,
        "may_move": reader.may(Permission.WRITE),
        "first": first,
        "last": last,
        "today": today,
        "days": [_day_of(one, exact, documents=documents) for one in _days(first, last)],
        "weeks": _weeks(first, last, exact) if is_month else [],
        "loose": [line for line, one in zip(lines, documents, strict=True) if not _is_exact(one)],
        "asked": asked,
        "error": error,
        "principals": sorted({_principal(one) for one in shown.values()} - {""} | ({asked["principal"]} - {""})),
        "statuses": [(one.value, one.label) for one in _STATUSES],
        "moves": _moves(request, first, last, is_month=is_month),
        "count_clashes": len(clashes),
    }
    return show(request, "reports/desk/diary.html", context)


def _line(document: dict[str, Any], clashes: Mapping[str, Any], *, zone: ZoneInfo) -> dict[str, Any]:
    return {
        **engagement_line(document, zone=zone),
        "principal": _principal(document),
        "is_ahead": document["status"] in AHEAD,
        "clashes": clashes.get(document["id"], []),
    }


def _asked(request: HttpRequest) -> tuple[dict[str, str], str]:
    """Return what the diary is narrowed to, and what cannot be read of it."""
    given = {name: without_forbidden(request.GET.get(name, "")).strip()[:200] for name in ("principal", "country")}
    status = request.GET.get("status", "")
    found = {**given, "status": status if status in _STATUSES else "", "code": ""}
    if not given["country"]:
        return found, ""
    try:
        code = read_country(given["country"])
    except UnclearPlace as error:
        return found, str(error)
    return {**found, "code": code, "country": country_named(code)}, ""


def _rows(reader: Actor, first: date, last: date, asked: Mapping[str, str]) -> list[UUID]:
    rows: Any = Engagement.objects.visible_to(reader).live().overlaps("held", first, last, certain=False)
    rows = rows.filter(status__in=[asked["status"]] if asked["status"] else _IN_DIARY)
    if asked["code"]:
        rows = rows.with_any_country(asked["code"])
    return list(rows.order_by(*OLDEST).values_list("pk", flat=True)[:_MOST])


def _principal(document: Mapping[str, Any]) -> str:
    return (document["principal"] or {}).get("name", "")


def _is_exact(document: Mapping[str, Any]) -> bool:
    """Tell whether its days are known: an exact day, or an interval of exact days."""
    return all(len(one) == len("2026-11-29") for one in (document["held"] or "").split("/"))


def _clashes(documents: Iterable[Mapping[str, Any]]) -> dict[str, list[dict[str, str]]]:
    """Return, by id, the meetings of the same principal at overlapping hours."""
    timed = [
        (one, datetime.fromisoformat(one["starts_at"]), datetime.fromisoformat(one["ends_at"]))
        for one in documents
        if one["starts_at"] and one["ends_at"] and one["status"] in _TAKING_TIME and one["principal"]
    ]
    found: dict[str, list[dict[str, str]]] = {}
    for (one, start, end), (other, begin, until) in combinations(timed, 2):
        if one["principal"]["id"] == other["principal"]["id"] and start < until and begin < end:
            for mine, its in ((one, other), (other, one)):
                address = reverse("desk-engagement", args=[its["reference"]])
                found.setdefault(mine["id"], []).append({"title": its["title"], "address": address})
    return found


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - _DAY


def _days(first: date, last: date) -> list[date]:
    return [first + _DAY * number for number in range((last - first).days + 1)]


def _day_of(day: date, lines: list[dict[str, Any]], *, documents: Any = None) -> dict[str, Any]:
    return {"day": day, "lines": [one for one in lines if one["day"] <= day <= (one["last_day"] or one["day"])]}


def _weeks(first: date, last: date, lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the month as whole weeks from Monday; days of other months are empty."""
    begin, end = first - _DAY * first.weekday(), last + _DAY * (6 - last.weekday())
    days = [_day_of(one, lines) if first <= one <= last else {"day": None, "lines": []} for one in _days(begin, end)]
    return [days[place : place + 7] for place in range(0, len(days), 7)]


def _moves(request: HttpRequest, first: date, last: date, *, is_month: bool) -> dict[str, str]:
    """Return the addresses of the pages around this one, with what it is narrowed to."""
    kept = {name: value for name in ("principal", "country", "status") if (value := request.GET.get(name))}
    here, view = reverse("desk-diary"), "month" if is_month else "week"

    def to(day: date, view: str = view) -> str:
        day = min(max(day, FIRST_DAY + _WEEK), LAST_DAY - _WEEK)
        return f"{here}?{urlencode({'view': view, 'day': day, **kept})}"

    return {
        "before": to(first - _DAY),
        "after": to(last + _DAY),
        "week": to(first, "week"),
        "month": to(first, "month"),
        "now": f"{here}?{urlencode({'view': view, **kept})}",
        "plain": f"{here}?{urlencode({'view': view, 'day': first})}",
    }

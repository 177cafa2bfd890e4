"""Reports of figures on the desk: which there are, each with its period, and the list behind a figure."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from appointments.api.filters import DecisionFilterSet, MandateFilterSet
from appointments.models import Decision, Mandate
from engagements.api.filters import ActionItemFilterSet, EngagementFilterSet
from engagements.models import ActionItem, Engagement
from engagements.reports import services
from engagements.reports.services.figures import TABLE, FigureReport, pieces_of
from engagements.reports.services.pictures import shown_report
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import readable_date
from sgoffice.desk.mentions import names_of
from sgoffice.desk.pages import REFUSED, desk_page, show, zone_of_reader
from sgoffice.exports.answers import file_answer, table_answer
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Marking

_FORMAT, _OFFERED, _MOST = "format", ("xlsx", "csv"), 200
_LABELS = {
    "from": ("From", "date"),
    "until": ("Until", "date"),
    "on": ("Up to the day", "date"),
    "within": ("Met within (days)", "text"),
    "year": ("Year", "text"),
}
#: The lists that figures open, by their address, and the newest first of each.
_LISTS: dict[str, tuple[Any, Any, tuple[str, ...]]] = {
    "engagements": (Engagement, EngagementFilterSet, ("-sort_day", "-pk")),
    "action-items": (ActionItem, ActionItemFilterSet, ("due_on", "pk")),
    "decisions": (Decision, DecisionFilterSet, ("-adopted_earliest", "-pk")),
    "mandates": (Mandate, MandateFilterSet, ("due_on", "pk")),
}


@desk_page("GET", "HEAD")
def reports(request: HttpRequest) -> HttpResponseBase:
    """Show which reports there are."""
    found = [{"name": name, "title": kind.title, "sentence": kind.sentence} for name, kind in services.REPORTS.items()]
    return show(request, "reports/desk/reports.html", {"reports": found})


@desk_page("GET", "HEAD")
def report(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show a report of a period, or take it away."""
    if name not in services.REPORTS:
        raise Http404
    kind, reader = services.REPORTS[name], actor_of(request)
    today = timezone.now().astimezone(zone_of_reader(request)).date()
    given = {key: request.GET.get(key, "") for key in kind.parameters}
    try:
        found = services.make_report(name, given, by=reader, today=today)
    except services.UnclearParameter as error:
        context = {"kind": kind, "fields": _fields(given), "error": error.advice}
        return show(request, "reports/desk/report.html", context, status=REFUSED)
    if (form := request.GET.get(_FORMAT)) in _OFFERED:
        return table_answer(request, TABLE, partial(pieces_of, found), form, by=reader, on=today, with_bom=True)
    return show(request, "reports/desk/report.html", {"kind": kind, **_shown(found, name, given)})


def _shown(found: FigureReport, name: str, given: dict[str, str]) -> dict[str, Any]:
    filled = {key: value or _default(found, key) for key, value in given.items()}
    query = urlencode(filled)
    return {
        "report": found,
        **shown_report(found, readable_date),
        "fields": _fields(filled),
        "query": query,
        "printable": f"{reverse(f'report-{name}')}?{query}&format=html",
        "marking_label": Marking(found.marking).label,
        "lists": reverse("desk-list-behind", args=["x"]).removesuffix("x"),
    }


def _default(found: FigureReport, key: str) -> str:
    days = (found.last - found.first).days
    told = {"from": found.first, "until": found.last, "on": found.last, "within": days, "year": found.first.year}
    return str(told[key])


def _fields(given: dict[str, str]) -> list[dict[str, str]]:
    return [
        {"name": key, "label": _LABELS[key][0], "type": _LABELS[key][1], "value": value} for key, value in given.items()
    ]


@desk_page("GET", "HEAD")
def list_behind(request: HttpRequest, noun: str) -> HttpResponseBase:
    """Show the records that a figure counts: those that the filters of the API's list keep."""
    if noun not in _LISTS:
        raise Http404
    model, filters, ordering = _LISTS[noun]
    reader = actor_of(request)
    given = request.GET.copy()
    form = given.pop(_FORMAT, [""])[-1]
    try:
        rows = filters(given, queryset=model.objects.visible_to(reader).live(), request=request).rows()
    except (ValidationError, InvalidEntry):
        error = "This address cannot be read. Go back to the report, and open the figure again."
        return show(request, "reports/desk/list_behind.html", {"error": error}, status=REFUSED)
    if form in _OFFERED:
        return file_answer(request, model, rows, ordering, form, by=reader, on=timezone.localdate(), with_bom=True)
    ids = list(rows.order_by(*ordering).values_list("pk", flat=True)[:_MOST])
    hits = list(names_of(dict.fromkeys(ids, model.record_kind)).values())
    count = rows.count() if len(ids) == _MOST else len(ids)
    context = {"hits": hits, "count": count, "more": count > len(hits), "query": given.urlencode()}
    return show(request, "reports/desk/list_behind.html", context)

"""The public register of a period: what the public would read, what is wrong with it, and one button to propose it."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from engagements.public_register import services
from engagements.public_register.services.register_table import TABLE, pieces_of
from engagements.reports.services import UnclearParameter
from engagements.reports.services.figures import Period
from engagements.reports.services.report_kinds import Asked
from sgoffice.admin.access import actor_of
from sgoffice.admin.refusals import refusal_texts
from sgoffice.desk.addresses import address_of
from sgoffice.desk.pages import REFUSED, attempt, desk_page, show, zone_of_reader
from sgoffice.exports.answers import table_answer
from sgoffice.languages.words import days_in_words
from sgoffice.records.actors import Permission
from sgoffice.records.characters import without_forbidden

_FORMAT, _OFFERED = "format", ("xlsx", "csv")
_LONGEST = 2000


@desk_page("GET", "HEAD", "POST", needs=Permission.WRITE)
def public_register(request: HttpRequest) -> HttpResponseBase:
    """Show the public register of a period, or propose to publish it."""
    today = timezone.now().astimezone(zone_of_reader(request)).date()
    given = request.POST if request.method == "POST" else request.GET
    try:
        period = _period(given, today)
    except UnclearParameter as error:
        fields = {"from": given.get("from", ""), "until": given.get("until", "")}
        return _page(request, {"fields": fields, "refused": [error.advice]}, status=REFUSED)
    if request.method == "POST":
        return _propose(request, period, today)
    draft = services.draft_of(period)
    if (form := given.get(_FORMAT)) in _OFFERED:
        pieces = partial(pieces_of, draft.lines)
        return table_answer(request, TABLE, pieces, form, by=actor_of(request), on=today, with_bom=True)
    return _page(request, _shown(draft))


def _period(given: QueryDict, today: date) -> Period:
    """Return the period that is asked for; by default the year before this one."""
    if not given.get("from") and not given.get("until"):
        year = today.year - 1
        return Period(date(year, 1, 1), date(year, 12, 31))
    return Asked({name: given.get(name, "") for name in ("from", "until")}, today).period


def _propose(request: HttpRequest, period: Period, today: date) -> HttpResponseBase:
    purpose = without_forbidden(request.POST.get("purpose", "")).strip()[:_LONGEST]
    entry = services.PublicationEntry(first=period.first, last=period.last, purpose=purpose)
    _, refused = attempt(lambda: services.propose_publication(entry, by=actor_of(request), today=today))
    if refused is not None:
        told = {"refused": [text for _, text in refusal_texts(refused)], "purpose": purpose}
        return _page(request, _shown(services.draft_of(period)) | told, status=REFUSED)
    messages.success(request, "Proposed. It is published once an approver agrees.")
    return redirect("desk-public-register")


def _shown(draft: services.Draft) -> dict[str, Any]:
    findings = [{"address": address_of("engagement", one.id, one.reference), "finding": one} for one in draft.findings]
    lines = [{"address": address_of("engagement", one.id, one.reference), "line": one} for one in draft.lines]
    return {
        "fields": draft.period.filters,
        "period": days_in_words(draft.period.first, draft.period.last),
        "lines": lines,
        "findings": findings,
        "is_nil": draft.is_nil,
    }


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponseBase:
    published = [
        {
            "days": days_in_words(one.first, one.last),
            "count": len(one.lines),
            "proposed_by": approval.proposed_by,
            "decided_by": approval.decided_by,
            "at": one.at,
        }
        for one, approval in reversed(services.publishing())
    ]
    return show(request, "public_register/desk/periods.html", {"published": published} | context, status=status)

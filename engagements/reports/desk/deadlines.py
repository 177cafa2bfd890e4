"""What comes up: every day by which the office must act, as a page, and as the part of it that Today shows."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from engagements.reports import services
from engagements.reports.desk.addresses import page_of
from engagements.reports.services.deadline_table import TABLE, pieces_of
from engagements.reports.services.report_types import DeadlineLine
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.admin.access import actor_of
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.exports.answers import table_answer

#: So many days ahead a deadline is shown, and so many of them: on the page, on Today.
_AHEAD, _AHEAD_TODAY = 365, 60
_MOST, _MOST_TODAY = 200, 10
#: As what people take them away.
_OFFERED = ("xlsx", "csv")


@desk_page("GET", "HEAD")
def deadlines(request: HttpRequest) -> HttpResponseBase:
    """Show the days that come up, or take them away; promises stand on Today, each with its side."""
    is_part = "part" in request.GET
    day = timezone.now().astimezone(zone_of_reader(request)).date()
    kinds = frozenset(DeadlineKind.values) - {DeadlineKind.ACTION_ITEM}
    wanted = services.DeadlineFilter(on=day, within=_AHEAD_TODAY if is_part else _AHEAD, kinds=kinds)
    if (form := request.GET.get("format")) in _OFFERED:
        reader = actor_of(request)
        pieces = partial(pieces_of, wanted, reader)
        return table_answer(request, TABLE, pieces, form, by=reader, on=day, with_bom=True)
    found = services.deadlines_ahead(wanted, by=actor_of(request), most=_MOST_TODAY if is_part else _MOST)
    lines = [_deadline(line) for line in found.results]
    context = {"deadlines": lines, "more": found.count - len(lines)}
    return show(request, f"reports/desk/{'deadline_list' if is_part else 'deadlines'}.html", context)


def _deadline(line: DeadlineLine) -> dict[str, Any]:
    return {
        "sentence": line.sentence,
        "label": line.record.label,
        "kind": DeadlineKind(line.kind).label,
        "day": line.day,
        "is_overdue": line.is_overdue,
        "address": page_of(line.record),
    }

"""Today: this week's diary, what past meetings came to, what is promised, which days come up, which approvals wait."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from engagements.desk.lines import engagement_lines, item_lines
from engagements.models import ActionItem, Engagement
from engagements.querysets import NEWEST, OLDEST
from engagements.reports import services
from engagements.reports.desk.addresses import page_of
from engagements.reports.services.report_types import DeadlineLine
from engagements.reports.vocabulary import DeadlineKind
from engagements.vocabulary import EngagementStatus, Owing
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of
from sgoffice.approvals.models import Approval
from sgoffice.desk.pages import desk_page, show, zone_of_reader
from sgoffice.records.actors import Actor, Permission

_WEEK = timedelta(days=7)
_IN_DIARY = (
    EngagementStatus.REQUESTED,
    EngagementStatus.TENTATIVE,
    EngagementStatus.CONFIRMED,
    EngagementStatus.HELD,
)
_MOST_MEETINGS = 60
_MOST_ASKED = 10
_MOST_ITEMS = 12
_MOST_DEADLINES = 10
_MOST_APPROVALS = 10
#: So many days ahead a deadline is shown.
_AHEAD = 60


@desk_page("GET", "HEAD")
def today(request: HttpRequest) -> HttpResponse:
    """Show the week, beginning with the one of `?week=`, a day in it."""
    reader, zone, now = actor_of(request), zone_of_reader(request), timezone.now()
    day = now.astimezone(zone).date()
    monday = _monday(_given_day(request) or day)
    seen: Any = Engagement.objects.visible_to(reader).live()
    week = seen.filter(status__in=_IN_DIARY).overlaps("held", monday, monday + _WEEK - timedelta(days=1), certain=False)
    exact = week.filter(sort_rank=0).order_by(*OLDEST).values_list("pk", flat=True)[:_MOST_MEETINGS]
    asked = seen.to_confirm(now).order_by(*NEWEST)
    context = {
        "days": _by_day(engagement_lines(list(exact), zone=zone), monday),
        "week": _week(monday, day),
        "today": day,
        "asked": engagement_lines(list(asked.values_list("pk", flat=True)[:_MOST_ASKED]), zone=zone),
        "asked_more": max(asked.count() - _MOST_ASKED, 0),
        "promises": [_promised(side, reader, day) for side in (Owing.OURS, Owing.THEIRS)],
        "deadlines": _deadlines(reader, day),
        "approvals": _approvals(reader),
    }
    return show(request, "reports/desk/today.html", context)


def _given_day(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(monday: date, day: date) -> dict[str, Any]:
    here = reverse("desk-today")
    return {
        "first": monday,
        "last": monday + timedelta(days=6),
        "is_this": monday == _monday(day),
        "before": f"{here}?{urlencode({'week': monday - _WEEK})}",
        "after": f"{here}?{urlencode({'week': monday + _WEEK})}",
        "now": here,
    }


def _by_day(lines: Iterable[dict[str, Any]], monday: date) -> list[tuple[date, list[dict[str, Any]]]]:
    """Return the lines by day; what began before the week stands under its Monday."""
    return [(day, list(found)) for day, found in groupby(lines, key=lambda one: max(one["day"] or monday, monday))]


def _promised(side: Owing, reader: Actor, day: date) -> dict[str, Any]:
    """Return the open items of one side: the reader's own first, then by due date."""
    rows: Any = ActionItem.objects.visible_to(reader).live().open().filter(owed_by=side)
    own = Case(When(owner_user=reader.id, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.order_by(own, "sort_due", "pk")[:_MOST_ITEMS]
    return {
        "title": "Promised by us" if side == Owing.OURS else "Promised by them",
        "side": side.value,
        "lines": item_lines(found, reader=reader, today=day),
        "overdue": rows.overdue(day).count(),
        "more": max(rows.count() - _MOST_ITEMS, 0),
    }


def _deadlines(reader: Actor, day: date) -> list[dict[str, Any]]:
    kinds = frozenset(DeadlineKind.values) - {DeadlineKind.ACTION_ITEM}
    wanted = services.DeadlineFilter(on=day, within=_AHEAD, kinds=kinds)
    found = services.deadlines_ahead(wanted, by=reader, most=_MOST_DEADLINES)
    return [_deadline(line) for line in found.results]


def _deadline(line: DeadlineLine) -> dict[str, Any]:
    return {
        "sentence": line.sentence,
        "label": line.record.label,
        "kind": DeadlineKind(line.kind).label,
        "day": line.day,
        "is_overdue": line.is_overdue,
        "address": page_of(line.record),
    }


def _approvals(reader: Actor) -> dict[str, Any] | None:
    """Return what waits for the decision of the reader; None for who decides nothing."""
    if not reader.may(Permission.APPROVE):
        return None
    rows: Any = (
        Approval.objects.visible_to(reader).pending().exclude(proposed_by=reader.id).select_related("proposed_by")
    )
    found = [
        {
            "text": label_of(row.action) + (f": {row.purpose}" if row.purpose else ""),
            "who": str(row.proposed_by),
            "at": row.proposed_at,
            "address": reverse("admin:approvals_approval_change", args=[row.pk]),
        }
        for row in rows.order_by("pk")[:_MOST_APPROVALS]
    ]
    return {"lines": found, "count": rows.count()}

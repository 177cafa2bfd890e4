"""Today: this week's diary, what past meetings came to, what is promised, which days come up, which approvals wait."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Case, Count, F, IntegerField, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from engagements.desk.lines import engagement_line, item_lines, titles_of
from engagements.models import ActionItem, Engagement
from engagements.querysets import NEWEST, OLDEST
from engagements.vocabulary import EngagementStatus, Owing
from sgoffice.admin.access import actor_of
from sgoffice.admin.formatting import label_of
from sgoffice.approvals.models import Approval
from sgoffice.desk.forms import day_in
from sgoffice.desk.mentions import read_bodies
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
_MOST_APPROVALS = 10


@desk_page("GET", "HEAD")
def today(request: HttpRequest) -> HttpResponse:
    """Show the week, beginning with the one of `?week=`, a day in it."""
    reader, zone, now = actor_of(request), zone_of_reader(request), timezone.now()
    day = now.astimezone(zone).date()
    monday = _monday(_given_day(request, day) or day)
    week, (asked, asked_total) = _in_week(reader, monday), _unanswered(reader, now)
    items = _open_items(reader, day)
    engagements = {str(one["engagement"]) for one in items if one["engagement"]}
    shown = read_bodies(
        dict.fromkeys([*week, *asked], Engagement.record_kind)
        | dict.fromkeys((one["pk"] for one in items), ActionItem.record_kind)
    )
    lines = {key: engagement_line(shown[key], zone=zone) for pk in (*week, *asked) if (key := str(pk)) in shown}
    about = titles_of(engagements, reader=reader)
    context = {
        "days": _by_day([lines[str(pk)] for pk in week], monday),
        "week": _week(monday, day),
        "today": day,
        "asked": [lines[str(pk)] for pk in asked],
        "asked_more": max(asked_total - _MOST_ASKED, 0),
        "promises": _promises(items, shown, about, reader, day),
        "approvals": _approvals(reader),
    }
    return show(request, "reports/desk/today.html", context)


def _in_week(reader: Actor, monday: date) -> list[UUID]:
    """Return what is or was in the diary of a week, with an exact day."""
    seen: Any = Engagement.objects.visible_to(reader).live()
    last = monday + _WEEK - timedelta(days=1)
    week = seen.filter(status__in=_IN_DIARY, sort_rank=0).overlaps("held", monday, last, certain=False)
    return list(week.order_by(*OLDEST).values_list("pk", flat=True)[:_MOST_MEETINGS])


def _unanswered(reader: Actor, now: datetime) -> tuple[list[UUID], int]:
    """Return the newest meetings that are over without an answer, and how many there are."""
    seen: Any = Engagement.objects.visible_to(reader).live()
    rows = seen.to_confirm(now).order_by(*NEWEST).annotate(total=Window(Count("pk")))
    found = list(rows.values_list("pk", "total")[:_MOST_ASKED])
    return [pk for pk, _ in found], found[0][1] if found else 0


def _given_day(request: HttpRequest, day: date) -> date | None:
    return day_in(request.GET.get("week", ""), today=day)


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


def _open_items(reader: Actor, day: date) -> list[dict[str, Any]]:
    """Return the first open items of each side, the reader's own before others, with the totals of the side."""
    rows: Any = ActionItem.objects.visible_to(reader).live().open()
    own = Case(When(owner_user=reader.id, then=Value(0)), default=Value(1), output_field=IntegerField())
    place = Window(RowNumber(), partition_by=F("owed_by"), order_by=[own, F("sort_due"), F("pk")])
    overdue = Window(Count("pk", filter=Q(due_on__lt=day)), partition_by=F("owed_by"))
    counted = rows.annotate(place=place, total=Window(Count("pk"), partition_by=F("owed_by")), overdue=overdue)
    found = counted.filter(place__lte=_MOST_ITEMS).order_by("place", "pk")
    return list(found.values("pk", "engagement", "owed_by", "total", "overdue"))


def _promises(
    items: list[dict[str, Any]],
    shown: dict[str, dict[str, Any]],
    about: dict[str, tuple[str, str]],
    reader: Actor,
    day: date,
) -> list[dict[str, Any]]:
    lines = item_lines([shown[str(one["pk"])] for one in items], about=about, reader=reader, today=day)
    sides = {side: [pair for pair in zip(items, lines, strict=True) if pair[0]["owed_by"] == side] for side in Owing}
    return [
        {
            "title": "Promised by us" if side == Owing.OURS else "Promised by them",
            "side": side.value,
            "lines": [line for _, line in pairs],
            "overdue": pairs[0][0]["overdue"] if pairs else 0,
            "more": pairs[0][0]["total"] - len(pairs) if pairs else 0,
        }
        for side, pairs in sides.items()
    ]


def _approvals(reader: Actor) -> dict[str, Any] | None:
    """Return what waits for the decision of the reader; None for who decides nothing."""
    if not reader.may(Permission.APPROVE):
        return None
    rows: Any = Approval.objects.visible_to(reader).pending().exclude(proposed_by=reader.id)
    rows = rows.select_related("proposed_by").annotate(total=Window(Count("pk"))).order_by("pk")
    found = list(rows[:_MOST_APPROVALS])
    lines = [
        {
            "text": label_of(row.action) + (f": {row.purpose}" if row.purpose else ""),
            "who": str(row.proposed_by),
            "at": row.proposed_at,
            "address": f"{reverse('desk-approvals')}#what-{row.reference}",
        }
        for row in found
    ]
    return {"lines": lines, "count": found[0].total if found else 0}

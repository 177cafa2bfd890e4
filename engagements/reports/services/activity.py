"""Two reports of what was held: the activity of a period, and the figures of a year against the year before."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from engagements.models import Engagement
from engagements.reports.services.breakdowns import (
    UNIT,
    HeldIn,
    Regions,
    by_kind,
    by_level,
    by_month,
    by_region,
    by_topic,
    held_list,
)
from engagements.reports.services.figures import Figure, FigureReport, FigureTable, Period, counted, highest
from engagements.reports.services.held_rows import HeldRow, held_rows
from engagements.rules import is_exact_text
from engagements.vocabulary import EngagementKind
from sgoffice.directory.models import Country
from sgoffice.directory.services import home_countries
from sgoffice.records.actors import Actor

#: The longest period, in days: it is counted in memory.
MOST_DAYS: Final = 3660


def activity(period: Period, *, by: Actor) -> FigureReport:
    """Return what was held in a period, by month, kind, region, level and topic."""
    rows = held_rows(period.first, period.last, by=by)
    total = FigureTable(
        name="total", title="In all", unit=UNIT, figures=(counted("Held", len(rows), held_list(period)),)
    )
    regions = Regions(Country.objects.live().order_by("code"))
    held = HeldIn(rows, period)
    tables = (total, by_month(held), by_kind(held), by_region(held, regions), by_level(held), by_topic(held))
    return FigureReport(
        name="activity",
        title="Activity",
        first=period.first,
        last=period.last,
        marking=highest(row.marking for row in rows),
        tables=tables,
    )


def annual(year: int, *, by: Actor) -> FigureReport:
    """Return the figures of a year against those of the year before."""
    period, earlier = _year(year), _year(year - 1)
    both = held_rows(earlier.first, period.last, by=by)
    rows, before = ([row for row in both if row.may_be_in(one)] for one in (period, earlier))
    held = HeldIn(rows, period, before)
    tables = (_headline(held, by), by_level(held), by_topic(held))
    return FigureReport(
        name="annual",
        title=f"The year {year}",
        first=period.first,
        last=period.last,
        marking=highest(row.marking for row in both),
        tables=tables,
    )


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def _headline(held: HeldIn, by: Actor) -> FigureTable:
    ids = {row.id for row in held.all}
    seen: Any = Engagement.objects.visible_to(by).filter(pk__in=ids)
    away = set(seen.abroad(home_countries()).values_list("pk", flat=True))
    behind, abroad_list = held_list(held.period), held_list(held.period, abroad="true")
    abroad, abroad_before = ([row for row in those if row.id in away] for those in (held.rows, held.before or ()))
    visits, visits_before = (_visits(those) for those in (held.rows, held.before or ()))
    figures = (
        counted("Engagements held", len(held.rows), behind, before=len(held.before or ())),
        counted("Visits", visits, held_list(held.period, kind=EngagementKind.VISIT.value), before=visits_before),
        Figure(
            label="Countries met",
            value=len(_countries(held.rows)),
            before=len(_countries(held.before or ())),
            rows=len(held.rows),
            url=behind,
        ),
        counted("Engagements abroad", len(abroad), abroad_list, before=len(abroad_before)),
        Figure(
            label="Days abroad", value=_days(abroad), before=_days(abroad_before), rows=len(abroad), url=abroad_list
        ),
    )
    return FigureTable(name="year", title="The year", unit="", figures=figures)


def _visits(rows: Sequence[HeldRow]) -> int:
    return sum(row.kind == EngagementKind.VISIT for row in rows)


def _countries(rows: Sequence[HeldRow]) -> set[str]:
    return {code for row in rows for code in row.countries}


def _days(rows: Sequence[HeldRow]) -> int:
    """Count the days on which one of them was held; a date that is not exact to the day counts as one day."""
    found: set[date] = set()
    loose = 0
    for row in rows:
        if is_exact_text(row.held):
            found |= {row.first + timedelta(days=number) for number in range((row.last - row.first).days + 1)}
        else:
            loose += 1
    return len(found) + loose

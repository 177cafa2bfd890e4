"""Whom the office met, and whom not: contacts within a time, and the last one, by country, region, body and level."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from engagements.models import Engagement
from engagements.reports.services.breakdowns import UNIT, Regions, held_list, organizations_of
from engagements.reports.services.figures import Figure, FigureReport, FigureTable, Period, highest
from engagements.reports.services.held_rows import HeldRow, held_rows
from engagements.reports.services.report_types import Mention, mention
from engagements.vocabulary import Level
from sgoffice.directory.models import Country, Organization
from sgoffice.directory.vocabulary import CountryStatus
from sgoffice.records.actors import Actor


def coverage(on: date, within: int, *, by: Actor) -> FigureReport:
    """Return the contacts of so many days up to a day; what has none is a gap against the target of one in that time.

    All members among the countries and all regions are listed; of organizations those that were ever met.
    """
    period = Period(on - timedelta(days=within), on)
    rows = held_rows(None, on, by=by)
    states = list(Country.objects.live().order_by("name", "code"))
    met = {code for row in rows for code in row.countries}
    countries = {one.code: str(one) for one in states if one.status == CountryStatus.MEMBER or one.code in met}
    regions = Regions(states)
    bodies = Organization.objects.visible_to(by).filter(pk__in=organizations_of(rows)).order_by("name", "pk")
    organizations = {str(one.pk): str(one) for one in bodies}
    levels = {level.value: str(level.label) for level in Level}
    counts = (
        _Count("country", "Countries", countries, lambda row: row.countries),
        _Count("region", "Regions", regions.names, regions.of_row),
        _Count("organization", "Organizations", organizations, lambda row: map(str, row.organizations)),
        _Count("level", "Levels", levels, lambda row: row.levels),
    )
    for one in counts:
        one.add(rows, period)
    last = _mentions({row.id for one in counts for row in one.last.values()}, by)
    return FigureReport(
        name="coverage",
        title="Coverage",
        first=period.first,
        last=period.last,
        marking=highest((row.marking for row in rows), *last.values()),
        tables=tuple(one.table(period, last) for one in counts),
    )


class _Count:
    """Contacts by one sort of key: how many within the time, and the last one of all."""

    def __init__(
        self, name: str, title: str, names: Mapping[str, str], keys_of: Callable[[HeldRow], Iterable[str]]
    ) -> None:
        self.name, self.title, self.names, self.keys_of = name, title, names, keys_of
        self.counts: dict[str, int] = {}
        self.last: dict[str, HeldRow] = {}

    def add(self, rows: Sequence[HeldRow], period: Period) -> None:
        """Count rows, of which the newest comes last."""
        for row in rows:
            is_within = row.may_be_in(period)
            for key in set(self.keys_of(row)) & self.names.keys():
                self.last[key] = row
                self.counts[key] = self.counts.get(key, 0) + is_within

    def table(self, period: Period, mentioned: Mapping[UUID, Mention]) -> FigureTable:
        figures = tuple(self._figure(key, period, mentioned) for key in self.names)
        return FigureTable(name=self.name, title=self.title, unit=UNIT, figures=figures)

    def _figure(self, key: str, period: Period, mentioned: Mapping[UUID, Mention]) -> Figure:
        last, count = self.last.get(key), self.counts.get(key, 0)
        return Figure(
            label=self.names[key],
            key=key,
            value=count,
            rows=count,
            url=held_list(period, **{self.name: key}),
            last=last.held if last else None,
            level=Level(last.level).label if last and last.level else "",
            record=mentioned.get(last.id) if last else None,
        )


def _mentions(ids: Iterable[UUID], by: Actor) -> dict[UUID, Mention]:
    rows = Engagement.objects.visible_to(by).filter(pk__in=list(ids))
    return {one.pk: mention(one) for one in rows}

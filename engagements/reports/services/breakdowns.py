"""Held engagements counted by month, kind, region, country, organization, level and topic; one may count in several.

Each figure opens `/engagements` with the filters that keep exactly what it counts.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from engagements.reports.services.figures import Figure, FigureTable, Period, counted, list_at
from engagements.reports.services.held_rows import HeldRow
from engagements.vocabulary import EngagementKind, EngagementStatus, Level
from sgoffice.directory.models import Country, Topic

#: What a region is told by in lists: scheme and code.
Region = str
UNIT = "engagements"


def held_list(period: Period, **filters: Any) -> str:
    """Return the address of the engagements that were held in a period."""
    return list_at("engagements", status=EngagementStatus.HELD.value, **period.filters, **filters)


@dataclass(frozen=True)
class HeldIn:
    """What was held in a period, and in the year before where it is compared with that."""

    rows: Sequence[HeldRow]
    period: Period
    before: Sequence[HeldRow] | None = None

    @property
    def all(self) -> Iterator[HeldRow]:
        """What was held in either."""
        return chain(self.rows, self.before or ())


def by_month(held: HeldIn) -> FigureTable:
    """Count by month: what may have been in several months counts in each."""
    figures = (
        counted(
            f"{month.first:%B %Y}",
            sum(row.may_be_in(month) for row in held.rows),
            held_list(month),
            key=month.first.isoformat(),
        )
        for month in held.period.months()
    )
    return FigureTable(name="month", title="By month", unit=UNIT, figures=tuple(figures))


def by_kind(held: HeldIn) -> FigureTable:
    names = {kind.value: str(kind.label) for kind in EngagementKind}
    return breakdown("kind", "By kind", held, lambda row: [row.kind], names)


def by_level(held: HeldIn) -> FigureTable:
    names = {level.value: str(level.label) for level in Level}
    return breakdown("level", "By level", held, lambda row: row.levels, names)


def by_topic(held: HeldIn) -> FigureTable:
    ids = {topic for row in held.all for topic in row.topics}
    names = {str(topic.pk): str(topic) for topic in Topic.objects.filter(pk__in=ids).order_by("name")}
    return breakdown("topic", "By topic", held, lambda row: map(str, row.topics), names)


def by_region(held: HeldIn, regions: "Regions") -> FigureTable:
    return breakdown("region", "By region", held, regions.of_row, regions.names)


def breakdown(
    name: str, title: str, held: HeldIn, keys_of: Callable[[HeldRow], Iterable[str]], names: Mapping[str, str]
) -> FigureTable:
    """Count rows by each of their keys, in the order of the names; what has rows neither now nor before is left out."""
    counts = Counter(key for row in held.rows for key in set(keys_of(row)))
    earlier = Counter(key for row in held.before or () for key in set(keys_of(row)))
    figures: list[Figure] = [
        counted(
            label,
            counts[key],
            held_list(held.period, **{name: key}),
            key=key,
            before=earlier[key] if held.before is not None else None,
        )
        for key, label in names.items()
        if counts[key] or earlier[key]
    ]
    return FigureTable(name=name, title=title, unit=UNIT, figures=tuple(figures))


class Regions:
    """The regions of countries: the widest one of each scheme."""

    def __init__(self, countries: Iterable[Country]) -> None:
        self.names: dict[Region, str] = {}
        self.members: dict[Region, set[str]] = {}
        widest: dict[str, list[tuple[str, Region, str]]] = {}
        for country in countries:
            told = [(one["scheme"], f"{one['scheme']}:{one['code']}", one["name"]) for one in country.regions]
            widest[country.code] = told
            for scheme in {scheme for scheme, _, _ in told}:
                _, region, name = next(one for one in told if one[0] == scheme)
                self.names.setdefault(region, name)
        for code, told in widest.items():
            for _, region, _ in told:
                if region in self.names:
                    self.members.setdefault(region, set()).add(code)
        self._of = {code: {region for _, region, _ in told if region in self.names} for code, told in widest.items()}
        self.names = dict(sorted(self.names.items(), key=lambda one: one[1]))

    def of_row(self, row: HeldRow) -> set[Region]:
        """Return the regions of the countries on their side."""
        return {region for code in row.countries for region in self._of.get(code, ())}


def organizations_of(rows: Iterable[HeldRow]) -> set[UUID]:
    return {one for row in rows for one in row.organizations}

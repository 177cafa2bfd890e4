"""What is asked of the list of deadlines, and what a search finds before its line is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from engagements.models import Capacity, Participant
from engagements.reports.services.lines import Counterparty, DeadlineLine, Mention, mention
from engagements.reports.vocabulary import DeadlineKind
from engagements.vocabulary import Side

#: A conference has many counterparts; so many are told.
MOST_COUNTERPARTS = 10
_RANKS = {kind: rank for rank, kind in enumerate(DeadlineKind.values)}


@dataclass(frozen=True)
class Wanted:
    """Which deadlines: until so many days after a day, of which kinds, with whom.

    `overdue`: only what was to be done before the day, or only what was not; both unless said.
    """

    on: date
    within: int = 90
    kinds: frozenset[str] = frozenset(DeadlineKind.values)
    country: str = ""
    organization: UUID | None = None
    overdue: bool | None = None

    @property
    def until(self) -> date:
        """The last day of the list; the calendar ends."""
        return self.on + timedelta(days=min(self.within, (date.max - self.on).days))

    def takes(self, found: "Found") -> bool:
        """Tell whether what was found is in time, or as overdue as is asked for."""
        is_overdue = found.day is not None and found.day < self.on
        in_time = found.day is None or found.day <= self.until
        return in_time and self.overdue in (None, is_overdue)


@dataclass(frozen=True)
class Found:
    """A deadline before its line is told. `session` is where what it waits for can be decided, and its first day."""

    kind: str
    day: date | None
    record: UUID
    sentence: str = ""
    session: UUID | None = None
    session_day: date | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Soonest first; what has no day stands last, by its session."""
        days = (self.day or date.max, self.session_day or date.max)
        return (*days, _RANKS[self.kind], self.record.hex, self.sentence)

    def line(self, record: Mention, sentence: str, on: date, **more: Any) -> DeadlineLine:
        """Return its line as seen from a day."""
        given: dict[str, Any] = {"counterparts": (), "owner": "", "session": None, **more}
        return DeadlineLine(
            kind=self.kind,
            day=self.day,
            days_left=(self.day - on).days if self.day is not None else None,
            is_overdue=self.day is not None and self.day < on,
            sentence=sentence,
            record=record,
            **given,
        )


def counterparts_at(engagements: Iterable[UUID]) -> dict[UUID, tuple[Counterparty, ...]]:
    """Return by engagement who sits on their side: people, organizations, groups, and for whom they speak."""
    rows = Participant.objects.filter(engagement__in=list(engagements), side=Side.THEIRS).order_by("position", "pk")
    capacities = Capacity.objects.select_related("organization", "country")
    rows = rows.select_related("person", "organization").prefetch_related(Prefetch("capacities", capacities))
    found: dict[UUID, dict[str, Counterparty]] = {}
    for one in rows:
        named = found.setdefault(one.engagement_id, {})
        for record in (one.person, one.organization, *_bodies(one.capacities.all())):
            if record is not None:
                named.setdefault(str(record.pk), Counterparty(name=str(record), record=mention(record)))
        if one.person is None and one.organization is None:
            named.setdefault(str(one), Counterparty(name=str(one)))
    return {pk: tuple(named.values())[:MOST_COUNTERPARTS] for pk, named in found.items()}


def _bodies(capacities: Iterable[Capacity]) -> list[Any]:
    return [capacity.organization or capacity.country for capacity in capacities]

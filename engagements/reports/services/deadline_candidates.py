"""Which deadlines are asked for, and what is known of each before its line is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from engagements.agreements.models import Agreement
from engagements.agreements.vocabulary import PartySide
from engagements.models import Capacity, Participant
from engagements.reports.services.report_types import Counterparty, DeadlineLine, Mention, mention
from engagements.reports.vocabulary import DeadlineKind
from engagements.vocabulary import Side

#: A conference has many counterparts; a line names so many.
MOST_COUNTERPARTS = 10
_RANKS = {kind: rank for rank, kind in enumerate(DeadlineKind.values)}


@dataclass(frozen=True)
class DeadlineFilter:
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

    def takes(self, candidate: "Candidate") -> bool:
        """Tell whether a candidate is in time, and as overdue as asked for."""
        is_overdue = candidate.day is not None and candidate.day < self.on
        in_time = candidate.day is None or candidate.day <= self.until
        return in_time and self.overdue in (None, is_overdue)


@dataclass(frozen=True)
class Candidate:
    """A deadline before its line is read. `session`: where an approval can be given, and its first day."""

    kind: str
    day: date | None
    record: UUID
    sentence: str = ""
    session: UUID | None = None
    session_day: date | None = None

    @property
    def order(self) -> tuple[Any, ...]:
        """Soonest first; without a day last, by session."""
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


def counterparts_bound(agreement: Agreement) -> tuple[Counterparty, ...]:
    """Return whom an agreement binds besides us; its parties were read before."""
    others: list[Any] = [party for party in agreement.parties.all() if party.side != PartySide.OURS]
    named = (Counterparty(name=str(one), record=mention(one.organization or one.country)) for one in others)
    return tuple(named)[:MOST_COUNTERPARTS]


def _bodies(capacities: Iterable[Capacity]) -> list[Any]:
    return [capacity.organization or capacity.country for capacity in capacities]

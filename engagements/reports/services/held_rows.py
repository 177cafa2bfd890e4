"""What was held in a period, in few columns: what reports count by."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from engagements.models import Capacity, Engagement, EngagementTopic, Participant
from engagements.reports.services.contacts import one_of
from engagements.reports.services.figures import Period
from engagements.vocabulary import Side
from sgoffice.directory.counterparts import COUNTS_FOR_COUNTRY
from sgoffice.records.actors import Actor

_COLUMNS = (
    "pk", "marking", "kind", "held", "held_earliest", "held_latest", "level", "counterpart_levels",
)  # fmt: skip
_BODY = ("organization", "organization__merged_into", "organization__classification", "organization__country")


@dataclass(frozen=True)
class HeldRow:
    """An engagement that was held: when it may have been, and by what it is counted. Merged records are survivors."""

    id: UUID
    marking: str
    kind: str
    held: str
    first: date
    last: date
    levels: frozenset[str]
    #: The highest level, empty where none is known.
    level: str
    countries: frozenset[str]
    organizations: frozenset[UUID]
    topics: frozenset[UUID]

    def may_be_in(self, period: Period) -> bool:
        """Tell whether the days that its date can mean overlap a period."""
        return self.first <= period.last and self.last >= period.first


def held_rows(first: date | None, last: date, *, by: Actor) -> list[HeldRow]:
    """Return what was held and may have been between two days, as far as the reader may see it: the oldest first."""
    seen = Engagement.objects.visible_to(by).live().held_between(first, last)
    rows: list[Any] = list(
        seen.exclude(held=None).order_by("held_latest", "held_earliest", "pk").values_list(*_COLUMNS)
    )
    ids = [row[0] for row in rows]
    countries, organizations = _counterparts(ids)
    topics = _topics(ids)
    found = []
    for key, marking, kind, held, earliest, latest, level, levels in rows:
        at = frozenset(filter(None, (level, *levels)))
        about = (frozenset(countries[key]), frozenset(organizations[key]), frozenset(topics[key]))
        found.append(HeldRow(key, marking, kind, held, earliest, latest, at, level, *about))
    return found


def _counterparts(ids: Iterable[UUID]) -> tuple[dict[UUID, set[str]], dict[UUID, set[UUID]]]:
    """Return, by engagement, the countries and organizations on their side: the rule of `keys_named()`."""
    countries: dict[UUID, set[str]] = defaultdict(set)
    organizations: dict[UUID, set[UUID]] = defaultdict(set)

    def note(key: UUID, body: UUID | None, survivor: UUID | None, classification: str, code: str | None) -> None:
        if body is not None:
            organizations[key].add(survivor or body)
            if code and classification in COUNTS_FOR_COUNTRY:
                countries[key].add(code)

    present: Any = Participant.objects.filter(engagement__in=one_of(ids), side=Side.THEIRS)
    for key, *body in present.exclude(organization=None).order_by().values_list("engagement", *_BODY):
        note(key, *body)
    spoken: Any = Capacity.objects.filter(engagement__in=one_of(ids), participant__side=Side.THEIRS)
    for key, code, *body in spoken.order_by().values_list("engagement", "country", *_BODY):
        note(key, *body)
        if code:
            countries[key].add(code)
    return countries, organizations


def _topics(ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = EngagementTopic.objects.filter(engagement__in=one_of(ids)).order_by()
    for key, topic, survivor in rows.values_list("engagement", "topic", "topic__merged_into"):
        found[key].add(survivor or topic)
    return found

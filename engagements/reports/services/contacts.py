"""The engagements with a counterpart: held ones, the next one, those that nobody has answered for, and their lines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.db.models.expressions import RawSQL

from engagements.models import Capacity, Engagement, Paper, Participant
from engagements.reports.rules import level_of, line_of
from engagements.reports.services.lines import Attendee, ContactLine, Told, mention
from engagements.vocabulary import AHEAD, EngagementStatus, PaperKind, Side
from sgoffice.records.actors import Actor

LAST = 5
#: Whether a participant takes part for the counterpart in question.
Counts = Callable[[Participant], bool]
NEWEST = ("-sort_day", "sort_rank", "-sort_at", "-pk")
OLDEST = ("sort_day", "sort_rank", "sort_at", "pk")
#: The language in which a readout is told when there are several.
_LANGUAGE = "en"


class Known(NamedTuple):
    """What is known of an engagement with a counterpart before its line is read."""

    id: UUID
    status: str
    first: date | None
    last: date | None
    sort_day: date
    sort_rank: int
    sort_at: datetime


@dataclass(frozen=True)
class Contacts:
    """All engagements with a counterpart that the reader may see, newest first; read once: all else goes by them."""

    known: tuple[Known, ...]
    unanswered: frozenset[UUID]

    @property
    def ids(self) -> list[UUID]:
        """All of them, whatever their status."""
        return [one.id for one in self.known]

    def held_until(self, on: date) -> list[UUID]:
        """Return what was held, and may have been on the day or before."""
        return [
            one.id
            for one in self.known
            if one.status == EngagementStatus.HELD and one.first is not None and one.first <= on
        ]

    def next_after(self, on: date) -> UUID | None:
        """Return the next one: in the diary for the day or later, or, of a day in the past, held later.

        What is past its end and not answered for is none.
        """
        ahead = (
            one
            for one in self.known
            if (one.status in AHEAD and one.last is not None and one.last >= on and one.id not in self.unanswered)
            or (one.status == EngagementStatus.HELD and one.first is not None and one.first > on)
        )
        found = min(ahead, key=lambda one: (one.sort_day, one.sort_rank, one.sort_at, one.id), default=None)
        return found.id if found else None

    def to_confirm(self, on: date) -> list[UUID]:
        """Return what was to be until the day and is past its end, without anybody having said what happened."""
        return [
            one.id for one in self.known if one.id in self.unanswered and one.first is not None and one.first <= on
        ][:LAST]


def contacts_of(rows: Any, *, at: datetime) -> Contacts:
    """Read what is known of engagements; `at` is the instant by which they are past their end."""
    columns = ("pk", "status", "held_earliest", "held_latest", "sort_day", "sort_rank", "sort_at")
    known = tuple(Known(*row) for row in rows.order_by(*NEWEST).values_list(*columns))
    ahead = [one.id for one in known if one.status in AHEAD]
    unanswered = Engagement.objects.to_confirm(at).filter(pk__in=one_of(ahead)).values_list("pk", flat=True)
    return Contacts(known, frozenset(unanswered))


def one_of(ids: Iterable[UUID]) -> RawSQL:
    """Return ids for a lookup `…__in`, as one parameter however many they are."""
    return RawSQL("SELECT unnest(%s::uuid[])", [list(ids)])


def lines_of(ids: Iterable[UUID], *, counts: Counts, actor: Actor) -> dict[UUID, ContactLine]:
    """Return the lines of engagements by id; attendees are those of their side who count."""
    return {pk: told(counts) for pk, told in readers_of(ids, actor=actor).items()}


def readers_of(ids: Iterable[UUID], *, actor: Actor) -> dict[UUID, Callable[[Counts], ContactLine]]:
    """Read engagements once; return by id what makes the line of each, told who counts."""
    wanted = list(ids)
    rows = Engagement.objects.visible_to(actor).filter(pk__in=wanted).select_related("country", "principal")
    theirs = Participant.objects.filter(side=Side.THEIRS).select_related("person", "organization")
    capacities = Capacity.objects.select_related("organization", "country")
    rows = rows.prefetch_related(Prefetch("participants", theirs), Prefetch("participants__capacities", capacities))
    readouts = _readouts(wanted, actor)
    return {one.pk: partial(_line, one, readouts.get(one.pk)) for one in rows}


def attendee(participant: Participant) -> Attendee:
    """Return the line of a participant, with the first of the capacities."""
    who = participant.person or participant.organization
    capacity = next(iter(participant.capacities.all()), None)
    title = capacity.title if capacity else ""
    return Attendee(
        name=str(participant),
        record=mention(who) if who is not None else None,
        title=title,
        body=body_of(capacity),
        role=participant.role,
        level=level_of(title, is_of_state=is_of_state(capacity)),
        attendance=participant.attendance,
    )


def body_of(capacity: Capacity | None) -> str:
    """Return for whom somebody speaks, as it was called then."""
    if capacity is None:
        return ""
    return capacity.called or str(capacity.organization or capacity.country or "")


def is_of_state(capacity: Capacity | None) -> bool:
    """Tell whether somebody speaks for a State itself."""
    return capacity is not None and capacity.organization_id is None and capacity.country_id is not None


def on_local_clocks(moment: datetime | None, zone: str) -> datetime | None:
    """Return an instant on the clocks of the place."""
    return moment.astimezone(ZoneInfo(zone)) if moment and zone else moment


def _line(engagement: Engagement, readout: Told | None, counts: Counts) -> ContactLine:
    told = line_of(engagement.outcome, engagement.summary)
    if readout is None and told:
        readout = Told(text=told, record=mention(engagement))
    return ContactLine(
        record=mention(engagement),
        kind=engagement.kind,
        status=engagement.status,
        held=engagement.held,
        date_basis=engagement.date_basis,
        starts_at=on_local_clocks(engagement.starts_at, engagement.time_zone),
        ends_at=on_local_clocks(engagement.ends_at, engagement.time_zone),
        time_zone=engagement.time_zone,
        city=engagement.city,
        country=engagement.country_name_then or str(engagement.country or ""),
        principal=mention(engagement.principal) if engagement.principal else None,
        attendees=tuple(attendee(one) for one in engagement.participants.all() if counts(one)),
        readout=readout,
    )


def _readouts(ids: list[UUID], actor: Actor) -> dict[UUID, Told]:
    """Return the readout that tells of each engagement: in English if there are several, else the oldest."""
    rows = Paper.objects.visible_to(actor).live().belonging_to(ids).filter(kind=PaperKind.READOUT)
    found: dict[UUID, Told] = {}
    papers: list[Any] = sorted(rows.order_by("pk"), key=lambda one: one.language != _LANGUAGE)
    for paper in papers:
        text = line_of(paper.text, paper.title)
        found.setdefault(paper.belongs_to, Told(text=text, record=mention(paper)))
    return found

"""Engagements with counterparts: held, next, past without an answer; the line of each, and the people met."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Value, When, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, RowNumber

from engagements.models import Capacity, Engagement, Paper, Participant
from engagements.querysets import NEWEST, unanswered
from engagements.reports.rules import line_of
from engagements.reports.services.counterparts import Counterpart, any_of, everyone
from engagements.reports.services.report_types import Attendee, ContactLine, PersonMet, Quote, mention
from engagements.rules.levels import level_of, precedence
from engagements.rules.titles import Office
from engagements.vocabulary import AHEAD, Attendance, EngagementStatus, Mode, PaperKind, Side
from sgoffice.directory.counterparts import Counterparts, Key, keys_named
from sgoffice.directory.querysets import naming
from sgoffice.directory.vocabulary import CounterpartKind
from sgoffice.records.actors import Actor
from sgoffice.records.together import read_together, read_with_parts

LAST = 5
#: Whether a participant takes part for the counterpart in question.
Counts = Callable[[Participant], bool]
_NEWEST_MET = [f"{'-' if name.startswith('-') else ''}engagement__{name.lstrip('-')}" for name in NEWEST]
_COLUMNS = ("pk", "status", "held_earliest", "held_latest", "sort_day", "sort_rank", "sort_at")
_NOT_THERE = (Mode.BY_MESSAGE, Mode.REPRESENTED)
MOST_PEOPLE = 50
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
    is_unanswered: bool


@dataclass(frozen=True)
class Contacts:
    """All engagements with a counterpart that the reader may see, newest first."""

    known: tuple[Known, ...]

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

        What is past its end without an answer does not count.
        """
        ahead = (
            one
            for one in self.known
            if (one.status in AHEAD and one.last is not None and one.last >= on and not one.is_unanswered)
            or (one.status == EngagementStatus.HELD and one.first is not None and one.first > on)
        )
        found = min(ahead, key=lambda one: (one.sort_day, one.sort_rank, one.sort_at, one.id), default=None)
        return found.id if found else None

    def to_confirm(self, on: date) -> list[UUID]:
        """Return what was planned until the day and is past its end without an answer."""
        planned = (one for one in self.known if one.is_unanswered and one.first is not None and one.first <= on)
        return [one.id for one in planned][:LAST]


def contacts_with(counterparts: Sequence[Counterpart], *, actor: Actor, at: datetime | None) -> list[Contacts]:
    """Read the engagements with each counterpart, whatever their status; what is read for one alone is all its own.

    `at` is the instant by which some are past their end and nobody has said what happened; None: it does not matter.
    """
    wanted = everyone(counterparts)
    rows: Any = Engagement.objects.visible_to(actor).live().with_any_counterpart(wanted).order_by(*NEWEST)
    is_unanswered = Case(When(unanswered(at), then=True), default=False) if at is not None else Value(value=False)
    known = [Known(*row) for row in rows.values_list(*_COLUMNS, is_unanswered)]
    if len(counterparts) == 1:
        return [Contacts(tuple(known))]
    places = {one.id: place for place, one in enumerate(known)}
    met: dict[Key, set[int]] = {}
    for engagement_id, key in _keys_met(list(places), wanted):
        met.setdefault(key, set()).add(places[engagement_id])
    found = (sorted({place for key in one.keys for place in met.get(key, ())}) for one in counterparts)
    return [Contacts(tuple(known[place] for place in each)) for each in found]


def _keys_met(engagements: list[UUID], wanted: Counterparts) -> Iterator[tuple[UUID, Key]]:
    """Yield each engagement with each counterpart whom somebody on their side names, as far as they are wanted."""
    present = Participant.objects.filter(
        any_of(naming(wanted, person="person", organization="organization")),
        side=Side.THEIRS,
        engagement__in=one_of(engagements),
    )
    bodies = [f"organization__{name}" for name in ("merged_into", "country", "classification")]
    present = present.select_related("person", "organization").only("engagement", "person__merged_into", *bodies)
    said = Capacity.objects.filter(
        any_of(naming(wanted, organization="organization", country="country")),
        participant__side=Side.THEIRS,
        engagement__in=one_of(engagements),
    )
    said = said.select_related("organization").only("engagement", "country", *bodies)
    found = read_together(present, said)
    for one in found[0]:
        yield from ((one.engagement_id, key) for key in keys_named(person=one.person, organization=one.organization))
    for said_by in found[1]:
        named = keys_named(organization=said_by.organization, country=said_by.country_id)
        yield from ((said_by.engagement_id, key) for key in named)


def one_of(ids: Iterable[UUID]) -> RawSQL:
    """Return ids for a lookup `…__in`, as one parameter however many they are: as a text, which costs least to send."""
    return RawSQL("SELECT unnest(%s::uuid[])", [f"{{{','.join(map(str, ids))}}}"])


def line_readers(ids: Iterable[UUID], *, actor: Actor) -> dict[UUID, Callable[[Counts], ContactLine]]:
    """Read engagements once; return by id the function that makes the line of each for a counterpart.

    A line names those of their side who count for the counterpart.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    rows = (
        Engagement.objects.visible_to(actor)
        .filter(pk__in=wanted)
        .select_related("country", "principal", "represented_by")
    )
    theirs = Participant.objects.filter(side=Side.THEIRS).select_related("person", "organization")
    capacities = Capacity.objects.select_related("organization__merged_into", "country")
    parts = (Prefetch("participants", theirs), Prefetch("participants__capacities", capacities))
    found = read_with_parts(rows, *parts, readouts=_readouts(actor))
    return {one.pk: partial(_line, one, _readout(one.readouts)) for one in found}


def attendee(participant: Participant) -> Attendee:
    """Return the line of a participant, with the title of the first capacity and the highest level of all."""
    who = participant.person or participant.organization
    capacity = next(iter(participant.capacities.all()), None)
    title = capacity.title if capacity else ""
    return Attendee(
        name=str(participant),
        record=mention(who) if who is not None else None,
        title=title,
        body=body_of(capacity),
        role=participant.role,
        level=_highest_level(participant),
        attendance=participant.attendance,
        mode=participant.mode,
    )


def _highest_level(participant: Participant) -> str:
    """Return the highest level of which the titles speak; of a group without any, that of its description."""
    capacities = list(participant.capacities.all())
    said = [(one.title, office_of(one)) for one in capacities if one.title]
    if not said and participant.group_description:
        said = [(participant.group_description, office_of(capacities[0] if capacities else None))]
    return min((level_of(title, office) for title, office in said), key=precedence, default="")


def body_of(capacity: Capacity | None) -> str:
    """Return for whom somebody speaks, as it was called then."""
    if capacity is None:
        return ""
    return capacity.called or str(capacity.organization or capacity.country or "")


def office_of(capacity: Capacity | None) -> Office:
    """Return the office in which somebody speaks: of which sort of organization, of which country."""
    if capacity is None:
        return Office()
    body = capacity.organization.survivor if capacity.organization else None
    country = capacity.country_id or (body.country_id if body else None) or ""
    return Office(body.classification, country, body.name) if body else Office(country=country)


def on_local_clocks(moment: datetime | None, zone: str) -> datetime | None:
    """Return an instant on the clocks of the place."""
    return moment.astimezone(ZoneInfo(zone)) if moment and zone else moment


def _line(engagement: Engagement, readout: Quote | None, counts: Counts) -> ContactLine:
    told = line_of(engagement.outcome, engagement.summary)
    if readout is None and told:
        readout = Quote(text=told, record=mention(engagement))
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
        principal_attendance=engagement.principal_attendance,
        principal_mode=engagement.principal_mode,
        represented_by=mention(engagement.represented_by) if engagement.represented_by else None,
        attendees=tuple(attendee(one) for one in engagement.participants.all() if counts(one)),
        readout=readout,
    )


def _readouts(actor: Actor) -> Any:
    """Return the readouts of each engagement, the oldest first."""
    papers = Paper.objects.visible_to(actor).live().belonging_to_each().filter(kind=PaperKind.READOUT)
    return papers.order_by("pk")


def _readout(papers: list[Paper]) -> Quote | None:
    """Return the readout that tells of an engagement: in English if there are several, else the oldest."""
    paper = min(papers, key=lambda one: one.language != _LANGUAGE, default=None)
    return Quote(text=line_of(paper.text, paper.title), record=mention(paper)) if paper is not None else None


def people_met(counterpart: Counterpart, held: Iterable[UUID]) -> tuple[tuple[PersonMet, ...], int]:
    """Return the people of the counterpart who were met, by precedence, and how many there are.

    Of a person: who else sat on that side. The list holds those who were met last.
    """
    rows = _people_of(counterpart, Participant.objects.filter(side=Side.THEIRS, engagement__in=one_of(held)))
    rows = rows.exclude(person=None).exclude(attendance=Attendance.ABSENT).exclude(mode__in=_NOT_THERE)
    rows = rows.annotate(who=Coalesce("person__merged_into", "person"))
    newest = rows.annotate(
        place=Window(RowNumber(), partition_by=F("who"), order_by=_NEWEST_MET),
        times=Window(Count("pk"), partition_by=F("who")),
    ).filter(place=1)
    found = list(newest.order_by(*_NEWEST_MET, "pk").values_list("pk", "times"))
    total, times = len(found), dict(found[:MOST_PEOPLE])
    capacities = Capacity.objects.select_related("organization__merged_into", "country")
    read = Participant.objects.filter(pk__in=list(times)).select_related("person__merged_into", "engagement")
    by_id = {one.pk: one for one in read_with_parts(read, Prefetch("capacities", capacities))}
    people = [_met(by_id[key], times[key], counterpart) for key in times]
    return tuple(sorted(people, key=lambda one: precedence(one.level))), total


def _people_of(counterpart: Counterpart, rows: Any) -> Any:
    """Keep the people who spoke for a counterpart; of a person: who else sat on that side."""
    wanted = everyone([counterpart])
    if counterpart.key.kind == CounterpartKind.PERSON:
        return rows.exclude(any_of(naming(wanted, person="person")))
    spoke = any_of(naming(wanted, organization="organization", country="country"))
    return rows.filter(Exists(Capacity.objects.filter(spoke, participant=OuterRef("pk"))))


def _met(participant: Participant, times: int, counterpart: Counterpart) -> PersonMet:
    person: Any = participant.person
    capacity = next(iter(participant.capacities.all()), None)
    title = capacity.title if capacity else ""
    return PersonMet(
        person=mention(person.survivor),
        title=title,
        body=body_of(capacity),
        level=_highest_level(participant),
        times=times,
        held=participant.engagement.held,
        date_basis=participant.engagement.date_basis,
        engagement=mention(participant.engagement),
    )

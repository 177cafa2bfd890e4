"""Whom the office met on the side of a counterpart, and for whom a person speaks."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Window
from django.db.models.functions import Coalesce, RowNumber

from engagements.models import Capacity, Participant
from engagements.reports.rules import level_of, precedence
from engagements.reports.services.contacts import NEWEST, body_of, is_of_state, one_of
from engagements.reports.services.counterparts import Counterpart, speaking_for
from engagements.reports.services.lines import Function, Met, mention
from engagements.reports.services.standing import Bound
from engagements.reports.vocabulary import CounterpartKind
from engagements.vocabulary import Attendance, Mode, Side

MOST = 50
_NOT_THERE = (Mode.BY_MESSAGE, Mode.REPRESENTED)
_NEWEST_FIRST = [f"{'-' if name.startswith('-') else ''}engagement__{name.lstrip('-')}" for name in NEWEST]


def people_met(counterpart: Counterpart, held: Iterable[UUID]) -> tuple[tuple[Met, ...], int]:
    """Return the people of the counterpart who were met, by precedence, and how many there are.

    Of a person: who else sat on that side. The list holds those who were met last.
    """
    rows = _of(counterpart, Participant.objects.filter(side=Side.THEIRS, engagement__in=one_of(held)))
    rows = rows.exclude(person=None).exclude(attendance=Attendance.ABSENT).exclude(mode__in=_NOT_THERE)
    rows = rows.annotate(who=Coalesce("person__merged_into", "person"))
    newest = rows.annotate(
        place=Window(RowNumber(), partition_by=F("who"), order_by=_NEWEST_FIRST),
        times=Window(Count("pk"), partition_by=F("who")),
    ).filter(place=1)
    found = list(newest.order_by(*_NEWEST_FIRST, "pk").values_list("pk", "times")[:MOST])
    times = dict(found)
    capacities = Capacity.objects.select_related("organization", "country")
    read = Participant.objects.filter(pk__in=times).select_related("person__merged_into", "engagement")
    read = read.prefetch_related(Prefetch("capacities", capacities))
    by_id = {one.pk: one for one in read}
    people = [_met(by_id[key], times[key], counterpart) for key, _ in found]
    total = rows.order_by().values("who").distinct().count()
    return tuple(sorted(people, key=lambda one: precedence(one.level))), total


def bound_by(counterpart: Counterpart, functions: tuple[Function, ...], held: list[UUID]) -> Bound:
    """Return which organizations and countries the counterpart stands for.

    A person speaks for the organizations of the functions of the day; where none is known, for those of the last time
    that they were met: `held` is what they were met at, newest first.
    """
    if counterpart.kind == CounterpartKind.COUNTRY:
        return Bound(countries=frozenset({counterpart.code}))
    if counterpart.kind == CounterpartKind.ORGANIZATION:
        return Bound(organizations=counterpart.ids)
    rows = Capacity.objects.filter(engagement__in=held[:1], participant__person__in=counterpart.ids)
    said: list[Any] = list(rows.values_list("organization", "country"))
    organizations: frozenset[UUID] = frozenset(one.organization.id for one in functions)
    if organizations:
        return Bound(organizations=organizations)
    return Bound(
        organizations=frozenset(organization for organization, _ in said if organization),
        countries=frozenset(country for _, country in said if country),
    )


def _of(counterpart: Counterpart, rows: Any) -> Any:
    if counterpart.kind == CounterpartKind.PERSON:
        return rows.exclude(person__in=counterpart.ids)
    capacities = Capacity.objects.filter(participant=OuterRef("pk"))
    if counterpart.kind == CounterpartKind.ORGANIZATION:
        return rows.filter(Exists(capacities.filter(organization__in=counterpart.ids)))
    speaks = Q(country=counterpart.code) | Q(organization__in=speaking_for(counterpart.code))
    return rows.filter(Exists(capacities.filter(speaks)))


def _met(participant: Participant, times: int, counterpart: Counterpart) -> Met:
    person: Any = participant.person
    capacity = next(iter(participant.capacities.all()), None)
    title = capacity.title if capacity else ""
    return Met(
        person=mention(person.survivor),
        title=title,
        body=body_of(capacity),
        level=level_of(title, is_of_state=is_of_state(capacity)),
        times=times,
        held=participant.engagement.held,
        engagement=mention(participant.engagement),
    )

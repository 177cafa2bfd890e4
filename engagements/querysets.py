"""Questions to the engagement log that chain: held_between(), with_any_counterpart(), on_occasion(), to_confirm(at)."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Self, cast
from uuid import UUID

from django.db.models import BooleanField, DateField, F, Func, Manager, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from engagements.vocabulary import (
    AHEAD,
    UNFINISHED,
    ActionItemStatus,
    EngagementStatus,
    Kept,
    MeetingFormat,
    Relation,
    Side,
)
from sgoffice.changes.merging import same_records
from sgoffice.directory.counterparts import Counterparts
from sgoffice.directory.querysets import naming
from sgoffice.directory.rules import fold
from sgoffice.records.models import Entry, Link, Record
from sgoffice.records.querysets import RecordQuerySet
from sgoffice.search import holding

#: The orders of the log; columns that are never empty, the last one unique.
NEWEST = ("-sort_day", "sort_rank", "-sort_at", "-pk")
OLDEST = ("sort_day", "sort_rank", "sort_at", "pk")
#: All days that the date of an engagement can mean, as its index holds them, and whose dates are in it.
DAYS = Func("held_earliest", "held_latest", template="daterange(%(expressions)s, '[]')")
LONGER_THAN_A_DAY = Q(held_earliest__lt=F("held_latest"))
#: Where each day ends last: without a zone, a day is over once it is over there.
_LAST_ZONE = timedelta(hours=-12)
_IN_A_PLACE = (MeetingFormat.IN_PERSON, MeetingFormat.HYBRID)


def unanswered(at: datetime) -> Q:
    """Return the condition that an engagement is past its end and nobody has said what happened."""
    over = Q(ends_at__lt=at) | Q(ends_at=None, held_latest__lt=(at.astimezone(UTC) + _LAST_ZONE).date())
    return Q(over, status__in=AHEAD)


#: Narrows rows to those that a reader may know of.
Seen = Callable[[Any], Any]
#: Models on higher floors that action items may be about, by kind.
_ABOVE: dict[str, Any] = {}


def allow_action_items(model: type[Record]) -> None:
    """Let action items be about records of a kind on a higher floor, whose queryset has with_any_counterpart()."""
    _ABOVE[model.record_kind] = model


def model_with_action_items(kind: str) -> Any:
    """Return the model of a kind on a higher floor."""
    return _ABOVE[kind]


class EngagementQuerySet(RecordQuerySet):
    """Engagements. A counterpart sits on their side: its person, its organizations, the countries it speaks for."""

    def held_between(self, first: date | None, last: date | None, *, certain: bool = False) -> Self:
        """Keep what was held and may have been in a period (inclusive); with `certain`, what certainly was."""
        return self.filter(status=EngagementStatus.HELD).overlaps("held", first, last, certain=certain)

    def overlaps(self, field: str, start: date | None, end: date | None, *, certain: bool = False) -> Self:
        """Keep what may have happened between two days; of the day that it was held, the orders of the log know where.

        They sort by its first day, which is in the period, or before it where a longer date begins: the earliest of
        those that last into it is asked for by their days.
        """
        rows = super().overlaps(field, start, end, certain=certain)
        if field != "held":
            return rows
        if end is not None:
            rows = rows.filter(sort_day__lte=end)
        if start is None:
            return rows
        if certain:
            return rows.filter(sort_day__gte=start)
        return rows.filter(sort_day__gte=Coalesce(Subquery(self._longer_ones_on(start)), Value(start)))

    def _longer_ones_on(self, day: date) -> QuerySet[Any]:
        """Return the first day of the earliest that began before a day and may last until it, whoever may see it.

        Not as the first of a sorted list: that would be looked for from the first day of the log on.
        """
        lasts = Func(DAYS, Value(day), template="%(expressions)s", arg_joiner=" @> ", output_field=BooleanField())
        longer = self._unfiltered().filter(lasts, LONGER_THAN_A_DAY, held_earliest__lt=day).order_by()
        earliest = Func(DAYS, template="min(lower(%(expressions)s))", output_field=DateField())
        return longer.values(first=earliest)

    def with_any_counterpart(self, counterparts: Counterparts) -> Self:
        """Keep meetings with any of these people, organizations or countries on their side."""
        present = self._participants().filter(side=Side.THEIRS)
        spoken = self._capacities().filter(participant__side=Side.THEIRS)
        found = [present.filter(one) for one in naming(counterparts, person="person", organization="organization")]
        found += [spoken.filter(one) for one in naming(counterparts, organization="organization", country="country")]
        if not found:
            return self.none()
        first, *others = (rows.values("engagement") for rows in found)
        return self.filter(pk__in=first.union(*others, all=True) if others else first)

    def with_participant(self, person_id: UUID) -> Self:
        """Keep what a person took part in, on any side."""
        return self.filter(pk__in=self._people([person_id]).values("engagement"))

    def of_principal(self, person_id: UUID) -> Self:
        """Keep engagements with a person as the principal."""
        return self.filter(principal__in=same_records([person_id]))

    def in_country(self, code: str) -> Self:
        """Keep what took place in a country."""
        return self.filter(country=code)

    def with_any_country(self, code: str) -> Self:
        """Keep what took place in a country or with it."""
        with_it = self._unfiltered().with_any_counterpart(Counterparts(countries={code})).values("pk")
        return self.filter(Q(country=code) | Q(pk__in=with_it))

    def abroad(self, home: Collection[str]) -> Self:
        """Keep what took place in person in a country that is none of `home` (codes)."""
        there = self.filter(meeting_format__in=_IN_A_PLACE, at_headquarters=False, country__isnull=False)
        return there.exclude(country__in=sorted(home))

    def with_topics(self, ids: Iterable[UUID]) -> Self:
        """Keep what was about one of these topics."""
        subjects = self._parts("subjects").filter(topic__in=same_records(ids))
        return self.filter(pk__in=subjects.values("engagement"))

    def linked_to(self, relation: str, ids: Iterable[UUID]) -> Self:
        """Keep what is linked to one of these records so: under an agreement, part of a visit."""
        links = Link.objects.filter(relation=relation, target__in=same_records(ids))
        return self.filter(pk__in=links.values("source"))

    def on_occasion(self, text: str) -> Self:
        """Keep engagements on an occasion whose name, series and number contain every word.

        The search finds what contains the words anywhere; this filters those by the folded text of the occasion.
        """
        rows = holding(self, text)
        for word in fold(text).split():
            rows = rows.filter(occasion_search__contains=word)
        return rows

    def at_session(self, session_id: UUID, *, seen: Seen) -> Self:
        """Keep engagements on the occasion of a session, if `seen` keeps its identity row."""
        if not seen(Entry.objects).filter(pk=session_id).exists():
            return self.none()
        linked = Link.objects.filter(relation=Relation.OCCASION, target__in=same_records([session_id]))
        return self.filter(pk__in=linked.values("source"))

    def to_confirm(self, at: datetime) -> Self:
        """Keep what is past its end without a recorded outcome."""
        return self.filter(unanswered(at))

    def _parts(self, name: str) -> QuerySet[Any]:
        """Return all parts of one kind, by the name that an engagement has for them."""
        return _related(self.model, name).order_by()

    def _unfiltered(self) -> Self:
        return cast("Self", self.model._default_manager.all())

    def _participants(self) -> QuerySet[Any]:
        return self._parts("participants")

    def _capacities(self) -> QuerySet[Any]:
        return self._parts("capacities")

    def _people(self, ids: Iterable[UUID]) -> QuerySet[Any]:
        return self._participants().filter(person__in=same_records(ids))


class OwnedQuerySet(RecordQuerySet):
    """Papers, attachments and action items: what belongs to an engagement."""

    def belonging_to(self, engagements: Iterable[UUID]) -> Self:
        """Keep what belongs to these engagements or to what was merged into one; `belongs_to` is that engagement."""
        ids = list(engagements)
        rows = self.filter(Q(engagement__in=ids) | Q(engagement__merged_into__in=ids))
        return rows.annotate(belongs_to=Coalesce("engagement__merged_into", "engagement"))

    def belonging_to_each(self) -> Self:
        """Keep what belongs to each engagement beside which these are read, or to what was merged into it."""
        return self.filter(Q(engagement=OuterRef("pk")) | Q(engagement__merged_into=OuterRef("pk")))


class ActionItemQuerySet(OwnedQuerySet):
    """Action items."""

    def open(self) -> Self:
        """Keep open items."""
        return self.filter(status__in=UNFINISHED)

    def kept(self, way: str) -> Self:
        """Keep what was done in a way of Kept; what had no day was not promised by one."""
        done = self.filter(status=ActionItemStatus.DONE, due_on__isnull=False)
        by = "completed_on__lte" if way == Kept.IN_TIME else "completed_on__gt"
        return done.filter(**{by: F("due_on")})

    def overdue(self, on: date) -> Self:
        """Keep open items that were due before a day."""
        return self.open().filter(due_on__lt=on)

    def with_any_counterpart(self, counterparts: Counterparts, *, seen: Seen) -> Self:
        """Keep what was promised at an engagement with any of these, or is owed under something that binds them.

        `seen` narrows the records that it may be about to those that a reader may know of.
        """
        met = seen(self._bearer("engagement").with_any_counterpart(counterparts))
        return self.filter(_about("engagement", met) | self.owed_under(counterparts, seen=seen))

    def owed_under(self, counterparts: Counterparts, *, seen: Seen) -> Q:
        """Return the condition that it is about an agreement that binds any of these, or a mandate of a body of theirs.

        A mandate has no counterpart but the organization whose body adopted its decision.
        """
        bodies = naming(counterparts, organization="body__organization")
        mandates = self._bearer("mandate")
        adopted = seen(_related(mandates.model, "decision")).filter(reduce(or_, bodies)) if bodies else None
        found = _about("mandate", seen(mandates).filter(decision__in=adopted) if bodies else mandates.none())
        for kind, model in _ABOVE.items():
            found |= _about(kind, seen(model._default_manager.with_any_counterpart(counterparts)))
        return found

    def _bearer(self, name: str) -> Any:
        return _related(self.model, name)


def _related(model: type[Model], name: str) -> Any:
    """Return the manager of the model at the other end of a field; the models stand above this floor."""
    return cast("type[Model]", model._meta.get_field(name).related_model)._default_manager


def _about(name: str, rows: QuerySet[Any]) -> Q:
    """Return the condition that an action item is about one of these records, or about what was merged into one.

    By their ids, which the database gathers once; asked of each item, it would look through all records again.
    """
    ids = rows.order_by().values("pk")
    return Q(**{f"{name}__in": ids}) | Q(**{f"{name}__merged_into__in": ids})


EngagementManager = Manager.from_queryset(EngagementQuerySet)
OwnedManager = Manager.from_queryset(OwnedQuerySet)
ActionItemManager = Manager.from_queryset(ActionItemQuerySet)

"""Questions to the engagement log that chain: held_between(), with_counterpart_person(), about(), to_confirm(at)."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self, cast
from uuid import UUID

from django.db.models import Manager, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from engagements.rules import Counterparts
from engagements.vocabulary import AHEAD, UNFINISHED, EngagementStatus, Relation, Side
from sgoffice.changes.merging import same_records
from sgoffice.directory.models import Organization, Person, Topic
from sgoffice.directory.rules import fold
from sgoffice.directory.vocabulary import SPEAKS_FOR_COUNTRY, Classification
from sgoffice.records.models import Link, Record
from sgoffice.records.querysets import RecordQuerySet

#: What these say, their country says: a National Central Bureau, a government, a ministry.
COUNTS_FOR_COUNTRY = SPEAKS_FOR_COUNTRY | {Classification.MINISTRY}
#: Where each day ends last: without a zone, a day is over once it is over there.
_LAST_ZONE = timedelta(hours=-12)


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


def _all(rows: Any) -> Any:
    return rows


class EngagementQuerySet(RecordQuerySet):
    """Engagements. A counterpart sits on their side: its person, its organizations, the countries it speaks for."""

    def held_between(self, first: date | None, last: date | None, *, certain: bool = False) -> Self:
        """Keep what was held and may have been in a period (inclusive); with `certain`, what certainly was."""
        return self.filter(status=EngagementStatus.HELD).overlaps("held", first, last, certain=certain)

    def with_counterpart_country(self, code: str) -> Self:
        """Keep meetings with a country: a counterpart that speaks for it, its bureau, government or ministry."""
        bodies = Organization.objects.filter(country__code=code, classification__in=COUNTS_FOR_COUNTRY)
        theirs = self._capacities().filter(participant__side=Side.THEIRS)
        present = self._participants().filter(side=Side.THEIRS, organization__in=bodies)
        said = theirs.filter(country=code).values("engagement")
        through = theirs.filter(organization__in=bodies).values("engagement")
        return self.filter(Q(pk__in=said.union(through, present.values("engagement"), all=True)))

    def with_counterpart_organizations(self, ids: Iterable[UUID]) -> Self:
        """Keep meetings with one of these organizations, or with somebody of theirs."""
        wanted = same_records(ids)
        theirs = self._capacities().filter(participant__side=Side.THEIRS, organization__in=wanted)
        present = self._participants().filter(side=Side.THEIRS, organization__in=wanted)
        return self.filter(pk__in=theirs.values("engagement").union(present.values("engagement"), all=True))

    def with_counterpart_person(self, person_id: UUID) -> Self:
        """Keep meetings with a person on their side."""
        return self.filter(pk__in=self._people([person_id]).filter(side=Side.THEIRS).values("engagement"))

    def with_any_counterpart(self, counterparts: Counterparts) -> Self:
        """Keep meetings with any of these people, organizations or countries."""
        rows = self._unfiltered()
        found = [rows.with_counterpart_person(person) for person in sorted(counterparts.people)]
        found += [rows.with_counterpart_country(code) for code in sorted(counterparts.countries)]
        if counterparts.organizations:
            found.append(rows.with_counterpart_organizations(counterparts.organizations))
        condition = Q(pk__in=[])
        for one in found:
            condition |= Q(pk__in=one.order_by().values("pk"))
        return self.filter(condition)

    def overlapping_in_time(self, start: datetime, end: datetime) -> Self:
        """Keep engagements with known times that overlap the time between two instants."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

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
        counterparts = self._unfiltered().with_counterpart_country(code).values("pk")
        return self.filter(Q(country=code) | Q(pk__in=counterparts))

    def with_topics(self, ids: Iterable[UUID]) -> Self:
        """Keep what was about one of these topics."""
        subjects = self._parts("subjects").filter(topic__in=same_records(ids))
        return self.filter(pk__in=subjects.values("engagement"))

    def on_occasion(self, text: str) -> Self:
        """Keep engagements on an occasion whose name, series and number contain every word."""
        rows = self
        for word in fold(text).split():
            rows = rows.filter(occasion_search__contains=word)
        return rows

    def at_session(self, session_id: UUID) -> Self:
        """Keep engagements on the occasion of a session."""
        linked = Link.objects.filter(relation=Relation.OCCASION, target__in=same_records([session_id]))
        return self.filter(pk__in=linked.values("source"))

    def about(self, text: str) -> Self:
        """Keep engagements that contain every word, whatever accents, case and order.

        In title, text, place and occasion, in the titles and names of those who took part, or in their topics.
        """
        rows = self
        for word in fold(text).split():
            people, bodies = Person.objects.with_word(word), Organization.objects.with_word(word)
            named = Q(person__in=people) | Q(organization__in=bodies)
            spoke = Q(organization__in=bodies) | Q(country__search__contains=word)
            rows = rows.filter(
                Q(search__contains=word)
                | Q(pk__in=self._participants().filter(named).values("engagement"))
                | Q(pk__in=self._capacities().filter(spoke).values("engagement"))
                | Q(pk__in=self._parts("subjects").filter(topic__in=Topic.objects.with_word(word)).values("engagement"))
                | Q(principal__in=people)
            )
        return rows

    def to_confirm(self, at: datetime) -> Self:
        """Keep what is past its end without a recorded outcome."""
        over = Q(ends_at__lt=at) | Q(ends_at=None, held_latest__lt=(at.astimezone(UTC) + _LAST_ZONE).date())
        return self.filter(over, status__in=AHEAD)

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


class ActionItemQuerySet(OwnedQuerySet):
    """Action items."""

    def open(self) -> Self:
        """Keep open items."""
        return self.filter(status__in=UNFINISHED)

    def overdue(self, on: date) -> Self:
        """Keep open items that were due before a day."""
        return self.open().filter(due_on__lt=on)

    def with_any_counterpart(self, counterparts: Counterparts, *, seen: Seen = _all) -> Self:
        """Keep what was promised at an engagement with any of these, or is owed under something that binds them.

        `seen` narrows the records that it may be about to those that a reader shall know of.
        """
        met = seen(self._bearer("engagement").with_any_counterpart(counterparts))
        return self.filter(_about("engagement", met) | self.owed_under(counterparts, seen=seen))

    def owed_under(self, counterparts: Counterparts, *, seen: Seen = _all) -> Q:
        """Return the condition that it is about an agreement that binds any of these, or a mandate of a body of theirs.

        A mandate has no counterpart but the organization whose body adopted it.
        """
        countries = Q(
            decision__body__organization__country__in=sorted(counterparts.countries),
            decision__body__organization__classification__in=sorted(COUNTS_FOR_COUNTRY),
        )
        adopted = Q(decision__body__organization__in=same_records(counterparts.organizations))
        found = _about("mandate", seen(self._bearer("mandate").filter(adopted | countries)))
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

"""Querysets of all records: what an actor may see, what is live, and periods over imprecise dates."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value

from sgoffice.records import guard
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.markings import Marking
from sgoffice.records.readership import Readership

_FLAG = models.BooleanField()
M_co = TypeVar("M_co", bound=models.Model, covariant=True)
QS = TypeVar("QS", bound="models.QuerySet[Any]")


class GuardedQuerySet(models.QuerySet[M_co]):
    """Refuses bulk writes outside change(), as save() does."""

    def update(self, **values: Any) -> int:
        guard.require_any_open(self.model)
        return super().update(**values)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list:
        objs = list(objs)
        for obj in objs:
            guard.require_open(obj.record_id, obj)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        guard.require_any_open(self.model)
        return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # no manager deletes a whole table
    delete.alters_data = update.alters_data = True  # type: ignore[attr-defined]  # templates call neither
    # save() of an existing row ends in QuerySet._update(), bulk_update() in update(): both are covered.


class RecordQuerySet(GuardedQuerySet[M_co]):
    """Records of one kind; apps derive their own querysets from it."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor may see; without permission to read, nothing."""
        if self._readers_follow and actor.may(Permission.READ) and not actor.may(Permission.APPROVE):
            return self._with_identity(_seen_by(actor))
        return _visible(self, actor, is_marked=getattr(self.model, "is_marked", True))

    def readable_by_readers_of(self, record: Readership) -> Self:
        """Keep what everyone may read who may read a record: all that it may store or tell of these."""
        if self._readers_follow:
            return self._with_identity(record.reading())
        return self.filter(record.reading()) if getattr(self.model, "is_marked", True) else self

    @property
    def _readers_follow(self) -> bool:
        return getattr(self.model, "readers_follow", False)

    def _with_identity(self, condition: Q) -> Self:
        """Keep records whose identity row meets a condition: it says who may read them."""
        entries = apps.get_model("records", "Entry")._default_manager.filter(condition, pk=OuterRef("pk"))
        return self.filter(Exists(entries))

    def live(self) -> Self:
        """Leave out what was entered in error and what was merged into another record."""
        return self.filter(is_in_error=False, merged_into=None)

    def overlaps(self, field: str, start: date | None, end: date | None, *, certain: bool = False) -> Self:
        """Keep what may have happened between two days (inclusive); with `certain`, what certainly did."""
        low, high = (f"{field}_earliest", f"{field}_latest")
        from_field, until_field = (low, high) if certain else (high, low)
        conditions = Q()
        if start is not None:
            conditions &= Q(**{f"{from_field}__gte": start})
        if end is not None:
            conditions &= Q(**{f"{until_field}__lte": end})
        return self.filter(conditions)


class EntryQuerySet(models.QuerySet[M_co]):
    """The identity rows of records of any kind."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the records that the actor may see."""
        return _visible(self, actor, is_marked=True)

    def hidden_from(self, actor: Actor) -> Self:
        """Keep the records that the actor may not see."""
        return self.exclude(pk__in=self.visible_to(actor).values("pk"))


class SearchQuerySet(models.QuerySet[M_co]):
    """What is searched of records of any kind. Rows are read by column: their words are wide."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what is searched of records that the actor may see."""
        return _visible(self, actor, is_marked=True)

    def live(self) -> Self:
        """Leave out what was entered in error and what was merged into another record."""
        return self.filter(is_live=True)

    def holding(self, tsquery: str, *, named: Sequence[UUID] = ()) -> Self:
        """Keep what holds all words of a question (folding.tsquery), and beside it what is `named` otherwise."""
        question = Func(Value(tsquery), template="(%(expressions)s)::tsquery", output_field=models.TextField())
        holds = Func(F("words"), question, template="%(expressions)s", arg_joiner=" @@ ", output_field=_FLAG)
        return self.filter(Q(holds) | Q(pk__in=named)) if named else self.filter(holds)

    def among(self, ids: Sequence[UUID]) -> Self:
        """Keep these records; they are sent as one value, however many there are."""
        wanted = Func(
            Value(list(ids), output_field=ArrayField(models.UUIDField())), template="ANY (%(expressions)s::uuid[])"
        )
        return self.filter(Func(F("pk"), wanted, template="%(expressions)s", arg_joiner=" = ", output_field=_FLAG))

    def narrowed(self, kinds: Collection[str], countries: Collection[str], years: Collection[int]) -> Self:
        """Keep these kinds, what is about one of these countries, and what begins in one of these years."""
        rows = self.filter(kind__in=sorted(kinds)) if kinds else self
        rows = rows.filter(countries__overlap=sorted(countries)) if countries else rows
        return rows.filter(year__in=sorted(years)) if years else rows


def may_see(actor: Actor, *, marking: str, entered_by: str, readers: Collection[str]) -> bool:
    """Tell whether visible_to() keeps a record; a record without a marking has an empty one."""
    if not actor.may(Permission.READ):
        return False
    if marking != Marking.RESTRICTED or actor.may(Permission.APPROVE) or actor.id in readers:
        return True
    return actor.id in entered_by.split() and actor.may(Permission.WRITE)


def _visible(rows: QS, actor: Actor, *, is_marked: bool) -> QS:
    if not actor.may(Permission.READ):
        return rows.none()
    if not is_marked or actor.may(Permission.APPROVE):
        return rows
    return rows.filter(_seen_by(actor))


def _seen_by(actor: Actor) -> Q:
    """Return the condition that an actor who reads, and is no approver, may see a marked record."""
    own = Q(readers__contains=[actor.id])
    if actor.may(Permission.WRITE):  # who no longer enters records has lost what came with it
        own |= Q(entered_by__contains=actor.id)  # of some records there are several authors
    return ~Q(marking=Marking.RESTRICTED) | own


GuardedManager = models.Manager.from_queryset(GuardedQuerySet)
RecordManager = models.Manager.from_queryset(RecordQuerySet)

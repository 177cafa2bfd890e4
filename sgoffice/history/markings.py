"""Which history items an actor may see: those of the times at which the record could be read by them, as it can now.

An item holds a row before and after it was written, so both states count. A transaction counts as one: what was taken
out in the same breath in which a marking was lowered is as hidden as what was there before.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from operator import attrgetter
from typing import NamedTuple, Self
from uuid import UUID

from django.db.models import Q, QuerySet

from sgoffice.records.actors import Actor
from sgoffice.records.models import Entry, HistoryEntry
from sgoffice.records.querysets import may_see

_MARKED = ("marking", "entered_by", "readers")
#: What people and organizations have in place of a marking: who was entered with a restricted record begins with it.
_OWN = ("own_marking", "own_author")


class _State(NamedTuple):
    """Who could read a record at a time; all empty for a record without a marking, and for one that was not there."""

    marking: str | None
    entered_by: str | None
    readers: list[str] | None

    @classmethod
    def of(cls, marking: str | None, entered_by: str | None, readers: list[str] | None, *own: str | None) -> Self:
        """Return the state of a row: by its marking, or by its own where its readers follow from others."""
        return cls(marking or own[0], entered_by or own[1], readers)

    def is_seen_by(self, actor: Actor) -> bool:
        return may_see(actor, marking=self.marking or "", entered_by=self.entered_by or "", readers=self.readers or ())


class _Write(NamedTuple):
    """A write of the row of the record itself; without a payload, which a redaction takes away, it has no states."""

    item: int
    transaction: int
    states: tuple[_State, ...]


def seen_items(record_id: UUID, actor: Actor) -> QuerySet[HistoryEntry]:
    """Return the history items of a record that the actor may see; the caller checks that they may see it today."""
    rows = HistoryEntry.objects.filter(record_id=record_id)
    writes = list(_writes_of(rows.filter(row_id=record_id).order_by("pk")))
    hidden = [
        Q(transaction__in=list(_transactions_hidden(writes, actor))),
        *_spans_hidden(writes, _now(record_id), actor),
    ]
    for condition in hidden:
        rows = rows.exclude(condition)
    return rows


def _writes_of(rows: QuerySet[HistoryEntry]) -> Iterator[_Write]:
    columns = [f"payload__{side}__{name}" for side in ("old", "new") for name in (*_MARKED, *_OWN)]
    for item, transaction, payload, *values in rows.values_list("pk", "transaction_id", "payload", *columns):
        states = () if payload is None else (_State.of(*values[:5]), _State.of(*values[5:]))
        yield _Write(item, transaction, states)


def _now(record_id: UUID) -> _State:
    return _State(*Entry.objects.values_list(*_MARKED).get(pk=record_id))


def _transactions_hidden(writes: Iterable[_Write], actor: Actor) -> Iterator[int]:
    for transaction, found in groupby(sorted(writes, key=attrgetter("transaction")), key=attrgetter("transaction")):
        if not all(state.is_seen_by(actor) for write in found for state in write.states):
            yield transaction


def _spans_hidden(writes: list[_Write], now: _State, actor: Actor) -> Iterator[Q]:
    """Yield conditions on the items between two writes of the record, such as those of its parts."""
    last: list[_Write] = [_Write(0, 0, (now,))] if writes else []
    for write, following in pairwise([*writes, *last]):
        after = write.states[-1:] or following.states[:1] or (now,)
        if not after[0].is_seen_by(actor):
            yield Q(pk__gte=write.item, pk__lt=following.item) if following.item else Q(pk__gte=write.item)

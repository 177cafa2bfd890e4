"""Merge two records of one thing, and unmerge them. No reference is rewritten: readers follow to the survivor."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from sgoffice.changes import links
from sgoffice.changes.door import (
    ANY_VERSION,
    Expected,
    change,
    lock_names_exclusively,
    lock_records,
    raise_belonging_markings,
)
from sgoffice.documents import publications
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord
from sgoffice.records.markings import is_narrower
from sgoffice.records.models import Link, MarkedRecord, Record
from sgoffice.records.readership import Readership

R = TypeVar("R", bound=Record)
#: Relation of the link from a survivor to each record merged into it; it puts the merge into the survivor's history.
MERGED = "merged"


def merge(model: type[R], survivor_id: UUID, *, other: UUID, by: Actor, expected: Expected, reason: str) -> R:
    """Merge another record, and those merged into it, into the survivor. unmerge() undoes it.

    `expected` is the version of the survivor. Nothing is copied: the survivor keeps its values and shows the sources of
    both. From then on, the other record and what belongs to it have no more readers than the survivor. Raises
    InvalidEntry without a reason or when there is no such other record, RuleViolation when one of the two is in error
    or already merged, or when the merge would show the sources of the other record to more people.
    """
    by.require(model.write_permission)
    _require_reason(reason)
    with transaction.atomic():
        lock_names_exclusively()
        lock_records(model, [survivor_id, other])
        require_mergeable(*find_pair(model, survivor_id, other, by))
        for follower in model.rows().filter(merged_into=other).order_by("pk"):
            _set_survivor(model, follower.pk, survivor_id, by=by, reason=reason)
        _set_survivor(model, other, survivor_id, by=by, reason=reason)
        with change(model, survivor_id, verb="merge", by=by, expected=expected, reason=reason) as survivor:
            survivor.refresh_merged()
            for merged in model.rows().filter(merged_into=survivor_id).order_by("pk"):
                links.link(survivor_id, MERGED, merged.pk)
            raise_belonging_markings(survivor, by=by, reason=reason)
        publications.republish_mentions([survivor_id, other])
    return survivor


def unmerge(model: type[R], survivor_id: UUID, *, other: UUID, by: Actor, expected: Expected, reason: str) -> R:
    """Separate a merged record from its survivor; every rule must hold for it again.

    `expected` is the version of the survivor. Raises InvalidEntry without a reason, RuleViolation when the other record
    is not merged into this one or would break a rule now.
    """
    by.require(model.write_permission)
    _require_reason(reason)
    with transaction.atomic():
        lock_names_exclusively()
        lock_records(model, [survivor_id, other])
        _, merged = find_pair(model, survivor_id, other, by)
        if merged.merged_into_id != survivor_id:
            detail = "That record was not merged into this one: there is nothing to undo."
            raise RuleViolation(detail, rule="not-merged", pointer="/other")
        _set_survivor(model, other, None, by=by, reason=reason)
        with change(model, survivor_id, verb="unmerge", by=by, expected=expected, reason=reason) as survivor:
            survivor.refresh_merged()
            links.unlink(survivor_id, MERGED, other)
        publications.republish_mentions([survivor_id, other])
    return survivor


def same_records(ids: Iterable[UUID]) -> list[UUID]:
    """Return these ids and those of all records of the same things: survivors and what was merged into them."""
    wanted = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [wanted])
        return sorted({*wanted, *(found for (found,) in cursor.fetchall())})


def find_pair(model: type[R], survivor_id: UUID, other: UUID, by: Actor) -> tuple[R, R]:
    """Return both records; raises UnknownRecord for the survivor, InvalidEntry for the other one."""
    found = model.rows().visible_to(by).in_bulk([survivor_id, other])
    if survivor_id not in found:
        raise UnknownRecord(model.record_kind, survivor_id)
    if other not in found:
        raise InvalidEntry([("/other", f"There is no {model.record_kind.replace('_', ' ')} {other}.")])
    return found[survivor_id], found[other]


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])


def require_mergeable(survivor: Record, other: Record) -> None:
    """Raise RuleViolation, with advice, when the other record cannot be merged into the survivor."""
    if survivor.pk == other.pk:
        detail = "A record cannot be merged into itself: name another one."
        raise RuleViolation(detail, rule="merge-two", pointer="/other")
    if survivor.is_in_error or other.is_in_error:
        detail = "One of the two is marked as entered in error: restore it first, or leave it as it is."
        raise RuleViolation(detail, rule="merge-live", pointer="/other")
    if survivor.merged_into_id is not None:
        raise RuleViolation("This record was merged into another one: merge into that one.", rule="merge-live")
    if other.merged_into_id is not None:
        detail = "That record was already merged: unmerge it there first."
        raise RuleViolation(detail, rule="merge-live", pointer="/other")
    linked = Q(source=survivor.pk, target=other.pk) | Q(source=other.pk, target=survivor.pk)
    if link := Link.objects.filter(linked).exclude(relation=MERGED).first():
        relation = link.relation.replace("_", " ")
        detail = f"The two are linked ({relation}), so they are distinct: remove that link first if they are one."
        raise RuleViolation(detail, rule="merge-two", pointer="/other")
    if refusal := survivor.merge_refusal(other):
        raise RuleViolation(refusal, rule="merge-two", pointer="/other")
    if not Readership.of(other).includes(Readership.of(survivor)):
        detail = "This record has more readers than that one: raise its marking first, or merge the other way round."
        raise RuleViolation(detail, rule="merge-hides", pointer="/other")


def _set_survivor(model: type[Record], record_id: UUID, survivor: UUID | None, *, by: Actor, reason: str) -> None:
    verb = "merge" if survivor else "unmerge"
    with change(model, record_id, verb=verb, by=by, expected=ANY_VERSION, reason=reason) as record:
        record.merged_into_id = survivor
        if survivor is not None and isinstance(record, MarkedRecord):
            _raise_marking(record, model.rows().get(pk=survivor))


def _raise_marking(record: MarkedRecord, survivor: Record) -> None:
    """Raise a merged record to the marking of its survivor: its address leads there."""
    if isinstance(survivor, MarkedRecord) and is_narrower(survivor.marking, than=record.marking):
        record.marking = survivor.marking
        record.readers = list(dict.fromkeys([*record.readers, *survivor.readers]))


_SAME = """
    WITH wanted AS (SELECT coalesce(merged_into_id, id) AS id FROM records_entry WHERE id = ANY(%s))
    SELECT id FROM wanted UNION SELECT e.id FROM records_entry e JOIN wanted w ON e.merged_into_id = w.id
"""

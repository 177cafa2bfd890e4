"""Merge two records of one thing, and unmerge them. No reference is rewritten: readers follow to the survivor."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from sgoffice.changes import links, second_person
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
from sgoffice.records.markings import Marking, is_narrower
from sgoffice.records.models import Link, MarkedRecord, Record
from sgoffice.records.readership import Readership

R = TypeVar("R", bound=Record)
#: Relation of the link from a survivor to each record merged into it; it puts the merge into the survivor's history.
MERGED = "merged"
#: The verb in history, and the action that a second person approves.
MERGE = "merge"
#: Relation of the link between two records that somebody said are two: nobody is asked about them again.
KEPT_APART = "kept_apart_from"


def merge(model: type[R], survivor_id: UUID, *, other: UUID, by: Actor, expected: Expected, reason: str) -> R:
    """Merge another record, and those merged into it, into the survivor. unmerge() undoes it.

    `expected` is the version of the survivor. Nothing is copied: the survivor keeps its values and shows the sources of
    both. From then on, the other record and what belongs to it have no more readers than the survivor. Of people and
    organizations the survivor gets the readers of both, and nothing tells those who cannot see the other one of it.
    One person alone only proposes it of them. Raises InvalidEntry without a reason or when there is no such other
    record, RuleViolation when one of the two is in error or already merged, or when the merge would show something to
    more people.
    """
    by.require(model.write_permission)
    _require_reason(reason)
    with transaction.atomic():
        lock_names_exclusively()
        lock_records(model, [survivor_id, other])
        pair = find_pair(model, survivor_id, other, by)
        require_mergeable(*pair)
        if second_person.is_act_of_two(pair[0], by):
            return _propose(model, *pair, by=by, expected=expected, reason=reason)
        for follower in model.rows().filter(merged_into=other).order_by("pk"):
            _set_survivor(model, follower.pk, survivor_id, by=by, reason=reason)
        _set_survivor(model, other, survivor_id, by=by, reason=reason)
        with change(model, survivor_id, verb="merge", by=by, expected=expected, reason=reason) as survivor:
            survivor.refresh_merged()
            readers = Readership.of(survivor)
            for merged in model.rows().filter(merged_into=survivor_id).order_by("pk"):
                if Readership.of(merged).includes(readers):
                    links.link(survivor_id, MERGED, merged.pk)
            raise_belonging_markings(survivor, by=by, reason=reason)
        publications.republish_mentions([survivor_id, other])
    return survivor


def _propose(model: type[R], survivor: R, other: R, *, by: Actor, expected: Expected, reason: str) -> R:
    """Propose a merge, as hidden as the one of the two that fewer people read. Raises RuleViolation if neither is."""
    with change(model, survivor.pk, verb=MERGE, by=by, expected=expected, reason=reason) as record:
        pass  # as it was read
    kept, merged = Readership.of(survivor), Readership.of(other)
    if not kept.includes(merged) and not merged.includes(kept):
        detail = "Each of the two is read by somebody who may not read the other: an approver opens one of them first."
        raise RuleViolation(detail, rule="merge-hides", pointer="/other")
    subject = other if kept.includes(merged) else survivor
    content = {"survivor": str(survivor.pk), "other": str(other.pk)}
    second_person.propose_act(MERGE, subject, by=by, reason=reason, **content)
    return record


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


def keep_apart(model: type[R], record_id: UUID, *, other: UUID, by: Actor, expected: Expected, reason: str) -> R:
    """Note for good that two records are of two things: no list of possible duplicates names them again.

    The record with fewer readers notes it, so that readers of the other one alone learn nothing. Raises InvalidEntry
    without a reason or when there is no such other record, RuleViolation when one of the two is in error or merged.
    """
    by.require(model.write_permission)
    _require_reason(reason)
    with transaction.atomic():
        lock_names_exclusively()
        lock_records(model, [record_id, other])
        record, second = find_pair(model, record_id, other, by)
        _require_two_live(record, second)
        widest = Readership.of(record).includes(Readership.of(second))
        is_noted_there = widest and not Readership.of(second).includes(Readership.of(record))
        with change(model, record_id, verb="keep_apart", by=by, expected=expected, reason=reason) as record:
            if not is_noted_there:
                links.link(record_id, KEPT_APART, other)
        if is_noted_there:
            with change(model, other, verb="keep_apart", by=by, expected=ANY_VERSION, reason=reason):
                links.link(other, KEPT_APART, record_id)
    return record


def same_records(ids: Iterable[UUID]) -> list[UUID]:
    """Return these ids and those of all records of the same things: survivors and what was merged into them."""
    wanted = list(ids)
    with connection.cursor() as cursor:
        # PostgreSQL plans a question about a list of unknown length anew each time
        cursor.execute(*((_SAME_AS_ONE, wanted) if len(wanted) == 1 else (_SAME, [wanted])))
        return sorted({*wanted, *(found for (found,) in cursor.fetchall())})


def same_by_kind(ids: Iterable[UUID]) -> dict[str, list[UUID]]:
    """Return what same_records() does of records of several kinds, by kind."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT same.id, e.kind FROM ({_SAME}) AS same JOIN records_entry e USING (id)", [list(ids)])
        found: dict[str, list[UUID]] = defaultdict(list)
        for key, kind in sorted(cursor.fetchall()):
            found[kind].append(key)
    return found


def survivors_of(ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the survivor of each of these records of any kind that was merged into another one."""
    with connection.cursor() as cursor:
        cursor.execute(_SURVIVORS, [list(ids)])
        return dict(cursor.fetchall())


def same_as(ids: Iterable[UUID]) -> RawSQL:
    """Return the same for a lookup `…__in`: the database finds them within the question."""
    return RawSQL(_SAME, [list(ids)])  # noqa: S611 - a constant


def kept_apart_from(record_id: UUID) -> set[UUID]:
    """Return the records of which somebody said that they are others than this one."""
    pairs = Link.objects.filter(Q(source=record_id) | Q(target=record_id), relation=KEPT_APART)
    return {key for pair in pairs.values_list("source", "target") for key in pair} - {record_id}


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
    _require_two_live(survivor, other)
    linked = Q(source=survivor.pk, target=other.pk) | Q(source=other.pk, target=survivor.pk)
    if link := Link.objects.filter(linked).exclude(relation__in=(MERGED, KEPT_APART)).first():
        relation = link.relation.replace("_", " ")
        detail = f"The two are linked ({relation}), so they are distinct: remove that link first if they are one."
        raise RuleViolation(detail, rule="merge-two", pointer="/other")
    if refusal := survivor.merge_refusal(other):
        raise RuleViolation(refusal, rule="merge-two", pointer="/other")
    _require_readers(survivor, other)


def _require_two_live(survivor: Record, other: Record) -> None:
    if survivor.pk == other.pk:
        detail = "A record and itself are one: name another one."
        raise RuleViolation(detail, rule="merge-two", pointer="/other")
    if survivor.is_in_error or other.is_in_error:
        detail = "One of the two is marked as entered in error: restore it first, or leave it as it is."
        raise RuleViolation(detail, rule="merge-live", pointer="/other")
    if survivor.merged_into_id is not None:
        raise RuleViolation("This record was merged into another one: name that one.", rule="merge-live")
    if other.merged_into_id is not None:
        detail = "That record was already merged: unmerge it there first."
        raise RuleViolation(detail, rule="merge-live", pointer="/other")


def _require_readers(survivor: Record, other: Record) -> None:
    kept, merged = Readership.of(survivor), Readership.of(other)
    if survivor.readers_follow:
        if kept.marking == Marking.RESTRICTED != merged.marking:
            detail = "Everybody reads that record and not this one: merge the other way round."
            raise RuleViolation(detail, rule="merge-hides", pointer="/other")
    elif not merged.includes(kept):
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


_SURVIVORS = "SELECT id, merged_into_id FROM records_entry WHERE id = ANY(%s) AND merged_into_id IS NOT NULL"
_SAME = """
    WITH wanted AS (SELECT coalesce(merged_into_id, id) AS id FROM records_entry WHERE id = ANY(%s))
    SELECT id FROM wanted UNION SELECT e.id FROM records_entry e JOIN wanted w ON e.merged_into_id = w.id
"""
_SAME_AS_ONE = _SAME.replace("= ANY(%s)", "= %s")

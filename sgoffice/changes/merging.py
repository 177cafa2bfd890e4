"""Two records of one thing become one, and two again. No reference is rewritten: readers are led to the survivor."""

from collections.abc import Iterable
from typing import Any, TypeVar
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
from sgoffice.records.models import Link, Marking, Record

R = TypeVar("R", bound=Record)
#: The link from a survivor to each record that was merged into it; with it the survivor's own history tells of it.
MERGED = "merged"
_WIDEST_FIRST = list(Marking)


def merge(model: type[R], survivor_id: UUID, *, other: UUID, by: Actor, expected: Expected, reason: str) -> R:
    """Let a record take another one's place, for a reason; what was merged into that one follows. Undone by unmerge().

    `expected` is the survivor's version. Nothing is copied: the survivor keeps what it says, and shows the other's
    sources beside its own. What belongs to the other record is from then on read by no more people than the survivor.
    Raises InvalidEntry when there is no such other record, RuleViolation when one of the two is
    in error or merged already, or when more people could read the other record's sources than may.
    """
    by.require(model.write_permission)
    _require_reason(reason)
    with transaction.atomic():
        lock_names_exclusively()
        lock_records(model, [survivor_id, other])
        require_mergeable(*find_pair(model, survivor_id, other, by))
        for follower in model._default_manager.filter(merged_into=other).order_by("pk"):
            _point(model, follower.pk, survivor_id, by=by, reason=reason)
        _point(model, other, survivor_id, by=by, reason=reason)
        with change(model, survivor_id, verb="merge", by=by, expected=expected, reason=reason) as survivor:
            survivor.refresh_merged()
            for merged in model._default_manager.filter(merged_into=survivor_id).order_by("pk"):
                links.link(survivor_id, MERGED, merged.pk)
            raise_belonging_markings(survivor, by=by, reason=reason)
        publications.republish_mentions([survivor_id, other])
    return survivor


def unmerge(model: type[R], survivor_id: UUID, *, other: UUID, by: Actor, expected: Expected, reason: str) -> R:
    """Let a merged record stand for itself again, for a reason; every rule must hold for it again.

    `expected` is the survivor's version. Raises RuleViolation when the other record is not merged into this one, or
    would break a rule now.
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
        _point(model, other, None, by=by, reason=reason)
        with change(model, survivor_id, verb="unmerge", by=by, expected=expected, reason=reason) as survivor:
            survivor.refresh_merged()
            links.unlink(survivor_id, MERGED, other)
        publications.republish_mentions([survivor_id, other])
    return survivor


def same_records(ids: Iterable[UUID]) -> list[UUID]:
    """Return these ids with those of every record that stands for the same thing: survivors, and what they took in."""
    wanted = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(_SAME, [wanted])
        return sorted({*wanted, *(found for (found,) in cursor.fetchall())})


def find_pair(model: type[R], survivor_id: UUID, other: UUID, by: Actor) -> tuple[R, R]:
    """Return two records of a kind; raises UnknownRecord for the one of the address, InvalidEntry for the other."""
    rows: Any = model._default_manager
    found = rows.visible_to(by).in_bulk([survivor_id, other])
    if survivor_id not in found:
        raise UnknownRecord(model.record_kind, survivor_id)
    if other not in found:
        raise InvalidEntry([("/other", f"There is no {model.record_kind.replace('_', ' ')} {other}.")])
    return found[survivor_id], found[other]


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidEntry([("/reason", "Say why: the next reader will ask.")])


def require_mergeable(survivor: Record, other: Record) -> None:
    """Raise RuleViolation, with what to do instead, when one record cannot take the other one's place."""
    if survivor.pk == other.pk:
        detail = "A record cannot be merged into itself: name another one."
        raise RuleViolation(detail, rule="merge-two", pointer="/other")
    if survivor.is_in_error or other.is_in_error:
        detail = "One of the two is marked as entered in error: restore it first, or leave it off the lists as it is."
        raise RuleViolation(detail, rule="merge-live", pointer="/other")
    if survivor.merged_into_id is not None:
        raise RuleViolation("This record was merged into another one: merge into that one.", rule="merge-live")
    if other.merged_into_id is not None:
        detail = "That record was merged already: un-merge it there first."
        raise RuleViolation(detail, rule="merge-live", pointer="/other")
    tied = Q(source=survivor.pk, target=other.pk) | Q(source=other.pk, target=survivor.pk)
    if link := Link.objects.filter(tied).exclude(relation=MERGED).first():
        words = link.relation.replace("_", " ")
        detail = f"The two are tied to each other ({words}), so they are two: undo that first if they are one."
        raise RuleViolation(detail, rule="merge-two", pointer="/other")
    if refusal := survivor.merge_refusal(other):
        raise RuleViolation(refusal, rule="merge-two", pointer="/other")
    if not has_no_more_readers(survivor, other):
        detail = "More people may read this record than that one: raise its marking first, or merge it the other way."
        raise RuleViolation(detail, rule="merge-hides", pointer="/other")


def has_no_more_readers(one: Any, other: Any) -> bool:
    """Tell whether everybody who may read one record may read the other, of the same kind, as well."""
    if not one.is_marked or one.marking != other.marking:
        return not one.is_marked or _WIDEST_FIRST.index(one.marking) > _WIDEST_FIRST.index(other.marking)
    return one.marking != Marking.RESTRICTED or {one.entered_by, *one.readers} <= {other.entered_by, *other.readers}


def _point(model: type[Record], record_id: UUID, survivor: UUID | None, *, by: Actor, reason: str) -> None:
    verb = "merge" if survivor else "unmerge"
    with change(model, record_id, verb=verb, by=by, expected=ANY_VERSION, reason=reason) as record:
        record.merged_into_id = survivor


_SAME = """
    WITH wanted AS (SELECT coalesce(merged_into_id, id) AS id FROM records_entry WHERE id = ANY(%s))
    SELECT id FROM wanted UNION SELECT e.id FROM records_entry e JOIN wanted w ON e.merged_into_id = w.id
"""

"""What is due by the rules of retention: rules are data, and nothing is erased by itself."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import connection

from sgoffice import documents
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.erasable import erased_by
from sgoffice.changes.masks import EMPTY, REDACTED
from sgoffice.changes.redactions import REDACT, propose_redaction
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Record

_SHIPPED = Path(__file__).parents[1] / "retention.json"
#: How many a list shows at once; the others follow once these are decided.
MOST: Final = 200


@dataclass(frozen=True)
class RetentionRule:
    """For how many years texts of a kind are kept, and after what: its own `day`, or when it was `last_named`."""

    kind: str
    years: int
    after: str
    erase: tuple[str, ...]
    reason: str
    source: str


@dataclass(frozen=True)
class DueRecord:
    """A record of which something is due; `proposal` is the reference of one that waits already."""

    id: UUID
    kind: str
    reference: str
    label: str
    erase: tuple[str, ...]
    since: date
    reason: str
    source: str
    proposal: str


def rules() -> list[RetentionRule]:
    """Return the rules of this installation. Raises OSError, ValueError, KeyError or TypeError for a wrong file."""
    place = Path(settings.RETENTION) if settings.RETENTION else _SHIPPED
    said = json.loads(place.read_text(encoding="utf-8"))
    found = [RetentionRule(**{**one, "erase": tuple(one["erase"])}) for one in said]
    for rule in found:
        if rule.after not in _DUE or rule.kind not in documents.recipes() or rule.years < 1 or not rule.erase:
            message = f"{place}: the rule for {rule.kind!r} after {rule.after!r} cannot be read"
            raise ValueError(message)
    return found


def due(*, by: Actor, on: date) -> list[DueRecord]:
    """Return what is due on a day, the longest first. Only for approvers, who read every record that names another.

    Raises NotPermitted for anybody else.
    """
    by.require(Permission.APPROVE)
    found = [one for rule in rules() for one in _due_by(rule, on)]
    return sorted(found, key=lambda one: (one.since, one.id))[:MOST]


def propose_due(*, by: Actor, on: date) -> int:
    """Propose everything that is due and not proposed yet, for another approver to decide; return how many."""
    waiting = [one for one in due(by=by, on=on) if not one.proposal]
    for one in waiting:
        model, reason = documents.model_of(one.kind), f"{one.reason} ({one.source})"
        propose_redaction(model, one.id, pointers=one.erase, by=by, expected=ANY_VERSION, reason=reason)
    return len(waiting)


def _due_by(rule: RetentionRule, on: date) -> Iterator[DueRecord]:
    model = documents.model_of(rule.kind)
    with connection.cursor() as cursor:
        cursor.execute(_DUE[rule.after], {"kind": rule.kind, "years": rule.years, "on": on, "most": MOST * 5})
        since = dict(cursor.fetchall())
    pending = Approval.objects.pending().filter(subject__in=since, action=REDACT)
    proposals = dict(pending.values_list("subject_id", "reference"))
    for record in model.rows().live().filter(pk__in=since).order_by("pk"):
        if erase := tuple(pointer for pointer in rule.erase if _says_something(record, pointer)):
            reference = str(getattr(record, "reference", ""))
            yield DueRecord(
                record.pk, rule.kind, reference, str(record), erase, since[record.pk], rule.reason, rule.source,
                proposals.get(record.pk, ""),
            )  # fmt: skip


def _says_something(record: Record, pointer: str) -> bool:
    """Tell whether there is anything left to erase."""
    try:
        found = erased_by(record, [pointer])
    except InvalidEntry:
        return False
    said: list[Any] = [getattr(one.row, name) for one in found for name in one.columns]
    return any(value not in EMPTY and value != REDACTED for value in said)


_OWN_DAY = """
    SELECT s.record_id, (s.day + make_interval(years => %(years)s))::date FROM records_searchrow s
    WHERE s.kind = %(kind)s AND s.is_live AND s.day > '0001-01-01'
        AND s.day + make_interval(years => %(years)s) <= %(on)s
    ORDER BY s.day, s.record_id LIMIT %(most)s
"""
# who was never named counts from the day of entry, which is in the id (RFC 9562, version 7)
_LAST_NAMED = """
    SELECT named.id, (named.day + make_interval(years => %(years)s))::date FROM (
        SELECT e.id, coalesce(max(s.day), to_timestamp(
            ('x' || lpad(replace(left(e.id::text, 13), '-', ''), 16, '0'))::bit(64)::bigint / 1000.0)::date) AS day
        FROM records_entry e LEFT JOIN records_document d ON d.embeds @> ARRAY[e.id]
        LEFT JOIN records_searchrow s ON s.record_id = d.record_id AND s.is_live AND s.day > '0001-01-01'
        WHERE e.kind = %(kind)s AND NOT e.is_in_error AND e.merged_into_id IS NULL GROUP BY e.id
    ) AS named
    WHERE named.day + make_interval(years => %(years)s) <= %(on)s ORDER BY named.day, named.id LIMIT %(most)s
"""
_DUE: Final = {"day": _OWN_DAY, "last_named": _LAST_NAMED}

"""Which partners may get which records: all get public records, internal records need a release, restricted none.

The grants of the feed follow from it. It is evaluated for a record whenever the record changes, and for a partner
whenever the partner or a release changes. The names lock separates the two, so neither misses the other's change.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from sgoffice import documents
from sgoffice.changes.door import ANY_VERSION, change, current_actor, set_parts
from sgoffice.directory.counterparts import SPEAKS_FOR_COUNTRY
from sgoffice.feed import storage
from sgoffice.partners.models import Release, ReleasedRecord
from sgoffice.partners.vocabulary import ReleaseState
from sgoffice.records.markings import is_narrower
from sgoffice.records.models import Entry


def audience(ids: Sequence[UUID]) -> Mapping[UUID, set[UUID]]:
    """Return the partners that may get each record, after withdrawing records whose marking was raised."""
    _withdraw_raised(ids)
    return entitled(ids)


def entitled(ids: Sequence[UUID]) -> Mapping[UUID, set[UUID]]:
    """Return the partners that may get each record as it is now; changes nothing."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    # PostgreSQL plans a question about a list of unknown length anew each time
    which, asked = ("= %s", ids[0]) if len(ids) == 1 else ("= ANY(%s)", list(ids))
    for entry, partner in _pairs(f"{_MAY_HAVE} AND e.id {which}", [asked]):
        found[entry].add(partner)
    return found


def refresh_grants(partner_id: UUID) -> None:
    """Grant a partner's stream exactly the records it may get now; the caller holds the names lock exclusively."""
    storage.grant_to(partner_id, [entry for entry, _ in _pairs(f"{_MAY_HAVE} AND p.id = %s", [partner_id])])


def released_records(release: Release) -> list[UUID]:
    """Return the records that a release grants, whether or not the partner has them already."""
    condition = f"{_OF_RELEASE} AND r.id = %s"
    return [entry for entry, _ in _pairs(_CANDIDATES + f" AND EXISTS ({condition})", [release.pk])]


def _withdraw_raised(ids: Sequence[UUID]) -> None:
    """Withdraw records whose marking was raised since their approval from their releases, for good."""

    def rows(values: Sequence[Any]) -> QuerySet[Any, Any]:
        listed = ReleasedRecord.objects.filter(release__state=ReleaseState.APPROVED, is_withdrawn=False)
        return listed.filter(entry__in=values).values_list("release", "entry", "marking", "entry__marking")

    statement = documents.kept(("released", len(ids)), rows, ids)
    raised: dict[UUID, set[UUID]] = defaultdict(set)
    for release, entry, approved_as, marking in statement.rows(ids) if statement else ():
        if is_narrower(marking, than=approved_as):
            raised[release].add(entry)
    for release_id in sorted(raised):
        withdraw_records(release_id, raised[release_id], reason="The marking was raised.")


def withdraw_records(release_id: UUID, entries: set[UUID], *, reason: str) -> None:
    """Withdraw records from the list of a release, on behalf of the current actor."""
    with change(
        Release, release_id, verb="withdraw_records", by=current_actor(), expected=ANY_VERSION, reason=reason
    ) as release:
        mark_withdrawn(release, entries)


def mark_withdrawn(release: Release, entries: set[UUID]) -> None:
    """Mark records of a release as withdrawn; if none is left, withdraw the release."""
    rows = [
        {"id": part.pk, "entry": part.entry_id, "is_withdrawn": part.is_withdrawn or part.entry_id in entries}
        for part in release.records.order_by("position")
    ]
    set_parts(release, ReleasedRecord, rows)
    if all(row["is_withdrawn"] for row in rows):
        release.state = ReleaseState.WITHDRAWN


def markings_of(ids: Sequence[UUID]) -> dict[UUID, str]:
    return dict(Entry.objects.filter(pk__in=ids).values_list("pk", "marking"))


def _pairs(statement: str, parameters: list[Any]) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


_SPEAKING = ", ".join(f"'{classification}'" for classification in sorted(SPEAKS_FOR_COUNTRY))
#: The ids that stand for the partner in records: its organization or country, records merged into it, and the country
#: for which the organization speaks.
_OWN = f"""
    SELECT own.id FROM records_entry own WHERE own.id = p.organization_id OR own.merged_into_id = p.organization_id
        OR own.id = (SELECT merged_into_id FROM records_entry WHERE id = p.organization_id)
    UNION ALL
    SELECT c.id FROM directory_country c WHERE c.code = p.country
    UNION ALL
    SELECT c.id FROM directory_country c JOIN directory_organization o ON o.country = c.code
    WHERE o.id = p.organization_id AND o.classification IN ({_SPEAKING})
"""
_OF_RELEASE = f"""
    SELECT FROM partners_release r WHERE r.partner_id = p.id AND NOT r.is_in_error AND (
        (r.condition = 'listed' AND EXISTS (SELECT FROM partners_releasedrecord l
            WHERE l.release_id = r.id AND l.entry_id = e.id AND NOT l.is_withdrawn))
        OR (r.condition = 'partner_is_named' AND r.kind = f.kind AND f.names && ARRAY({_OWN})))
"""
_CANDIDATES = """
    SELECT e.id, p.id FROM records_entry e
    JOIN feed_published f ON f.entry = e.id AND f.op = 'upsert'
    JOIN partners_partner p ON p.is_active AND NOT p.is_in_error AND f.kind = ANY(p.kinds)
    WHERE e.marking IN ('public', 'internal')
"""
_MAY_HAVE = f"""
    {_CANDIDATES} AND (e.marking = 'public' OR EXISTS ({_OF_RELEASE} AND r.state = 'approved'))
"""

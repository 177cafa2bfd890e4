"""The lease on a partner's snapshot: one is made at a time, and one that nobody goes on with ends by itself."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from sgoffice.partners.models import Pull

#: How long a snapshot may rest between two of its pages until another one may begin.
LEASE = timedelta(seconds=10)


def claim_snapshot(partner_id: UUID, snapshot: UUID, *, at: datetime) -> bool:
    """Begin a snapshot, or go on with it; return False if another one of the partner is being made."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"partner": partner_id, "snapshot": snapshot, "at": at, "until": at + LEASE})
        return cursor.rowcount == 1


def end_snapshot(partner_id: UUID, snapshot: UUID) -> None:
    """Let the partner begin another snapshot at once."""
    Pull.objects.filter(partner=partner_id, snapshot=snapshot).update(snapshot=None, snapshot_until=None)


_CLAIM = """
    INSERT INTO partners_pull AS p (partner_id, position, refused, snapshot, snapshot_until)
    VALUES (%(partner)s, 0, 0, %(snapshot)s, %(until)s)
    ON CONFLICT (partner_id) DO UPDATE SET snapshot = EXCLUDED.snapshot, snapshot_until = EXCLUDED.snapshot_until
    WHERE p.snapshot = EXCLUDED.snapshot OR p.snapshot_until IS NULL OR p.snapshot_until <= %(at)s
"""

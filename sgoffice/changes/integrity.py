"""Everything that is verified of a register: its history, what is derived from it, and the signed checkpoints.

The worker verifies each night and keeps how it went; health and the admin's first page read the newest result.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connections
from django.utils import timezone

from sgoffice import history
from sgoffice.database.snapshots import one_snapshot
from sgoffice.documents import publications
from sgoffice.history import checkpoints
from sgoffice.history.signing import UnusableKey
from sgoffice.records.models import Verification

#: Verification runs once a day, from this hour (UTC) on.
_HOUR = 2
#: A result that is older counts as a fault: nothing verifies any more.
PATIENCE = timedelta(hours=50)
_KEPT = 100
_LOCK = 7261905206
_log = logging.getLogger(__name__)


def faults(key: Ed25519PublicKey | None = None) -> list[history.Fault]:
    """Return every fault that nobody accepted, each with the table and the row.

    All is read from one snapshot, so that what others write meanwhile is no fault. Raises UnusableKey.
    """
    with one_snapshot():
        found = [*history.faults(), *history.outside(), *_published_faults(), *checkpoints.faults(key)]
        known = checkpoints.accepted() if found else set()
        return [fault for fault in found if fault not in known]


def verify() -> Verification:
    """Verify and keep how it went."""
    try:
        found = faults()
        newest = checkpoints.newest()
    except (UnusableKey, checkpoints.Unsound, OSError) as error:
        found, newest = [history.Fault("checkpoints", str(error))], None
    for fault in found[:_KEPT]:
        _log.error("verification: %s: %s", fault.place, fault.detail)
    return Verification.objects.create(
        position=history.head()[0],
        checkpoint=newest.number if newest else None,
        fault_count=len(found),
        faults=[{"place": fault.place, "detail": fault.detail} for fault in found[:_KEPT]],
    )


def is_degraded(now: datetime) -> bool:
    """Tell whether the newest verification found faults, or is so old that none has run."""
    newest = Verification.objects.first()
    return newest is not None and (newest.fault_count > 0 or now - newest.at > PATIENCE)


def work(stop: Event, *, every: float) -> None:
    """Verify each night until `stop` is set. What fails is logged and tried again."""
    while not stop.wait(every):
        _logged_verification()
        connections.close_all()


def work_once(report: Callable[[str], object]) -> list[str]:
    """Verify if it is due; return what was found."""
    run = _logged_verification()
    report(f"verification: {run.fault_count} faults" if run else "verification: not due")
    return [f"verification: {run.fault_count} faults; verify_history names them"] if run and run.fault_count else []


def _logged_verification() -> Verification | None:
    try:
        return _verify_if_due(timezone.now())
    except Exception:  # noqa: BLE001 - a worker goes on whatever happens
        _log.exception("verification could not run")
        return None


def _verify_if_due(now: datetime) -> Verification | None:
    newest = Verification.objects.first()
    if newest and (newest.at.date() == now.date() or now.hour < _HOUR):
        return None
    with _alone() as is_first:
        return verify() if is_first else None


@contextmanager
def _alone() -> Iterator[bool]:
    """Tell whether no other worker verifies. A transaction of its own holds the lock: a pooler gives no session."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            other.set_autocommit(autocommit=False)
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            yield cursor.fetchone()[0]
    finally:
        other.close()


def _published_faults() -> Iterator[history.Fault]:
    for kind, record_id in publications.differences():
        yield history.Fault(f"feed_published {record_id}", f"what partners get of this {kind} differs from the record")
    for kind, record_id in publications.grant_differences():
        yield history.Fault(f"feed_grant {record_id}", f"other partners get this {kind} than those that may")

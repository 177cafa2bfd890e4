"""GET /livez: the process answers. GET /readyz: it can serve, the database is as it should be, the clock goes."""

import logging
import time
from collections.abc import Callable
from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from sgoffice.changes import clock, integrity, today
from sgoffice.database import room, schema, secret_key
from sgoffice.database.errors import ServerError
from sgoffice.history.signing import UnusableKey
from sgoffice.redactions import services as redactions

_log = logging.getLogger(__name__)
_KEPT_FOR = 5.0  # seconds
_kept: dict[str, tuple[float, list[str]]] = {}


@csrf_exempt
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "alive"})


@csrf_exempt
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served: the database answers, is migrated, has its schema, and has room to write.

    It is degraded when the room gets little, when verification found a fault, which administrators see, or when the
    clock does not go as it should. None of these makes it unready: to serve is better than not to.
    """
    checks = {name: _passes(name, check) for name, check in _CHECKS.items()}
    is_ready, passes = all(checks.values()), _clock()
    is_degraded = set(passes.values()) != {"on_time"} or not has_room(room.LITTLE_ROOM) or _is_degraded()
    status = ("degraded" if is_degraded else "ready") if is_ready else "not ready"
    return JsonResponse({"status": status, "checks": checks, "clock": passes}, status=200 if is_ready else 503)


def _clock() -> dict[str, str]:
    """Return how each pass of the clock goes: on_time, late, failing or stopped; nothing without a database."""
    try:
        return clock.pass_states(today.now())
    except (DatabaseError, ServerError) as error:
        _log.warning("the clock cannot be read: %s", error)
        return {}


def _is_degraded() -> bool:
    try:
        return integrity.is_degraded(timezone.now())
    except (DatabaseError, ServerError) as error:
        _log.warning("the result of verification cannot be read: %s", error)
        return True


def _passes(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, ServerError) as error:
        _log.warning("check %r failed: %s", name, error)
        return False


def _answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def is_migrated() -> bool:
    """Tell whether every migration of this program was applied; those of a newer program do not matter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        return _shipped_migrations() <= set(cursor.fetchall())


def has_schema() -> bool:
    """Tell whether columns, constraints, functions and triggers are those that this version relies on, all switched on.

    Anybody may ask, and the answer costs the database some 40 ms: it is kept for a few seconds.
    """
    database, now = connection.settings_dict["NAME"], time.monotonic()
    until, faults = _kept.get(database, (now, []))
    if until <= now:
        faults = schema.faults(connection)
        _kept[database] = (now + _KEPT_FOR, faults)
    if faults:
        _log.error("not as this version needs it: %s", ", ".join(faults))
    return not faults


def has_room(least: int | None = None) -> bool:
    """Tell whether the database's disk has so many bytes left, by default enough to save anything at all."""
    left = room.bytes_left()
    if left is None or left >= (room.NO_ROOM if least is None else least):
        return True
    _log.error("the database's disk has %s MB left", left >> 20)
    return False


def has_erased() -> bool:
    """Tell whether whatever was erased is: a backup that was restored may have it still."""
    try:
        return not redactions.missing()
    except (redactions.Unreadable, UnusableKey, OSError) as error:
        _log.error("the list of redactions: %s", error)
        return False


def forget() -> None:
    """Ask the database again at the next request."""
    _kept.clear()


@cache
def _shipped_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


_CHECKS: dict[str, Callable[[], bool]] = {
    "database": _answers,
    "migrations": is_migrated,
    "schema": has_schema,
    "room": has_room,
    "key": secret_key.is_ours,
    "redactions": has_erased,
}

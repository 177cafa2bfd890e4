"""GET /livez: the process answers. GET /readyz: it can serve, the database guards what it should, the clock goes."""

import logging
from collections.abc import Callable
from functools import cache

import pgtrigger
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sgoffice.changes import clock
from sgoffice.database.errors import ServerError

_log = logging.getLogger(__name__)
_TRIGGERS = """
    SELECT t.tgrelid::regclass::text, t.tgname, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
"""
_ALWAYS = "A"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served: the database answers, is migrated, and no trigger is missing or silenced.

    Beside it, how the clock goes. One that is late or fails makes nobody unready: to serve is better than not to.
    """
    checks = {name: _passes(name, check) for name, check in _CHECKS.items()}
    is_ready = all(checks.values())
    status = "ready" if is_ready else "not ready"
    return JsonResponse({"status": status, "checks": checks, "clock": _clock()}, status=200 if is_ready else 503)


def _clock() -> dict[str, str]:
    """Return how each pass of the clock goes: on_time, late or failing; nothing without a database."""
    try:
        return clock.pass_states(timezone.now())
    except (DatabaseError, ServerError) as error:
        _log.warning("the clock cannot be read: %s", error)
        return {}


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


def is_guarded() -> bool:
    """Tell whether the triggers that models declare are there, and every trigger fires in every session."""
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS)
        found = {(table, name): enabled for table, name, enabled in cursor.fetchall()}
    return declared_triggers() <= found.keys() and set(found.values()) <= {_ALWAYS}


@cache
def declared_triggers() -> frozenset[tuple[str, str]]:
    """Return table and name of each trigger that a model declares."""
    return frozenset(
        (getattr(trigger, "table", "") or model._meta.db_table, trigger.get_pgid(model))
        for model, trigger in pgtrigger.registered()
    )


@cache
def _shipped_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


_CHECKS: dict[str, Callable[[], bool]] = {"database": _answers, "migrations": is_migrated, "triggers": is_guarded}

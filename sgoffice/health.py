"""GET /livez: the process answers. GET /readyz: it can serve, and the database guards what it should."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

_SILENCED = """
    SELECT count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND NOT t.tgisinternal AND t.tgenabled <> 'A'
"""
_MIGRATED = "SELECT count(*) FROM django_migrations WHERE app = 'records'"


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers."""
    return JsonResponse({"status": "alive"})


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served: the database answers, is migrated, and no trigger of it is silenced."""
    checks = {"database": False, "migrations": False, "triggers": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute(_MIGRATED)
            checks |= {"database": True, "migrations": cursor.fetchone()[0] > 0}
            cursor.execute(_SILENCED)
            checks["triggers"] = cursor.fetchone()[0] == 0
    except DatabaseError:
        pass  # the answer says it: the check that failed is false
    is_ready = all(checks.values())
    return JsonResponse(
        {"status": "ready" if is_ready else "not ready", "checks": checks}, status=200 if is_ready else 503
    )

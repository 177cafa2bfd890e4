"""What an installation that serves others must not be: `check --deploy` and `start` refuse it, each with what to do.

Settings are looked at first. What concerns the database is asked of the database itself, as the application's role.
"""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import Error as DatabaseFault
from django.db import connection

from sgoffice.database.errors import ServerError

#: As Django counts them (security.W009).
_KEY_LENGTH, _KEY_LETTERS = 50, 5
_ROLE = """
    SELECT r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication,
        EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND pg_has_role(r.oid, c.relowner, 'USAGE'))
    FROM pg_roles r WHERE r.rolname = current_user
"""
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit", "data_checksums")
_SETTINGS = "SELECT " + ", ".join(f"current_setting('{name}')" for name in _DURABLE)


def faults() -> list[CheckMessage]:
    """Return everything for which this installation must not serve others."""
    return [*_of_settings(), *_of_database()]


@register(Tags.security, deploy=True)
def check_safety(app_configs: Any, **options: Any) -> list[CheckMessage]:
    return faults()


def _of_settings() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("Errors are shown in the browser.", hint="Unset SGOFFICE_DEBUG.", id="running.E001")
    key = settings.SECRET_KEY
    if len(key) < _KEY_LENGTH or len(set(key)) < _KEY_LETTERS:
        yield Error(
            f"The secret key is short: {_KEY_LENGTH} characters at least.",
            hint="Unset SGOFFICE_SECRET_KEY: one is created and kept in the state folder.",
            id="running.E002",
        )
    if not settings.SESSION_COOKIE_SECURE and not settings.IS_PLAIN_HTTP:
        yield Error(
            "The register would be served to others over plain HTTP.",
            hint="Put a proxy with TLS before it and set SGOFFICE_HTTPS; SGOFFICE_PLAIN_HTTP says that plain is meant.",
            id="running.E003",
        )


def _of_database() -> Iterator[CheckMessage]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ROLE)
            is_powerful, is_owner = cursor.fetchone()
            cursor.execute(_SETTINGS)
            found = dict(zip(_DURABLE, cursor.fetchone(), strict=True))
    except (DatabaseFault, ServerError) as error:
        yield Error(f"The database cannot be asked: {error}", hint="See DATABASE_URL.", id="running.E010")
        return
    if is_powerful:
        yield Error(
            "The application signs in to the database as a superuser or a role like one.",
            hint="Name a role without such rights in DATABASE_URL.",
            id="running.E011",
        )
    if is_owner:
        yield Error(
            "One role serves and owns the tables: nothing keeps the application from its own history.",
            hint="Use two roles: DATABASE_URL for the application, DATABASE_OWNER_URL for `manage.py migrate`.",
            id="running.E012",
        )
    for name, value in found.items():
        if value == "off":
            advice = {"data_checksums": "Run `pg_checksums --enable` on the stopped server."}
            yield Error(
                f"{name} of PostgreSQL is off: a crash loses or spoils what was acknowledged.",
                hint=advice.get(name, "Switch it on, and unset SGOFFICE_PG_FAST."),
                id="running.E013",
            )

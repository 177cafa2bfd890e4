"""Actors, and questions put to the database itself, for the tests of the records."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction

from appointments.models import Body, Decision
from sgoffice import documents, history
from sgoffice.changes.door import create
from sgoffice.database import roles
from sgoffice.database.server import embedded_server
from sgoffice.records.actors import OFFICE, Actor, Permission
from tests.factories.directory import organization

ANNA = Actor("staff", "anna", "Anna", frozenset({Permission.READ, Permission.WRITE}))
OTTO = Actor("staff", "otto", "Otto", frozenset({Permission.READ, Permission.WRITE}))
CHIEF = Actor("staff", "chief", "Chief", frozenset({Permission.READ, Permission.WRITE, Permission.APPROVE}))
VIEWER = Actor("staff", "viewer", "Viewer", frozenset({Permission.READ}))


def ask(sql: str, *parameters: Any, using: str = "default") -> list[Any]:
    """Run a statement, by default as the application's role, and return its rows."""
    with connections[using].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def as_owner(*statements: str) -> None:
    """Run statements in one transaction as the owner of the tables, who can switch triggers off."""
    with transaction.atomic(using="owner"):
        for statement in statements:
            ask(statement, using="owner")


def superuser() -> "psycopg.Connection[Any]":
    """Return a session of the embedded server's superuser; the test is skipped where we know of none."""
    parameters = connections["owner"].get_connection_params()
    state = settings.DATABASES["owner"].get("STATE")
    if not state:
        pytest.skip("whoever gave DATABASE_URL keeps the superuser to himself")
    password = roles.password_of(embedded_server(Path(state)).state, roles.SUPERUSER)
    return psycopg.connect(
        host=parameters["host"], user=roles.SUPERUSER, password=password, dbname=parameters["dbname"], autocommit=True
    )


def tamper(table: str, *statements: str) -> None:
    """Write to a table behind its triggers, as a superuser could."""
    off = f"ALTER TABLE {table} DISABLE TRIGGER USER"
    with all_on_again(table):
        as_owner(off, *statements)


@contextmanager
def all_on_again(table: str) -> Iterator[None]:
    names = ask("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", table)
    try:
        yield
    finally:
        as_owner(*(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for (name,) in names))


def faults() -> list[str]:
    """Return every fault of the history, as `manage.py verify_history` prints them."""
    return [f"{fault.place}: {fault.detail}" for fault in history.faults()]


def is_whole() -> bool:
    """Tell whether the history has no fault and every stored document matches its record."""
    return faults() == [] and list(documents.differences()) == []


def general_assembly() -> Body:
    """Return a body, whose decisions are records with a marking."""
    with create(Body, verb="test", by=OFFICE) as made:
        made.name, made.slug, made.organization_id = "General Assembly", "ga", organization("INTERPOL").pk
    return made


def decide(body: Body, *, by: Actor = ANNA, **values: Any) -> Decision:
    """Make a record with a marking through the door itself."""
    with create(Decision, verb="test", by=by) as made:
        made.body_id, made.title = body.pk, "Resolution"
        for name, value in values.items():
            setattr(made, name, value)
    return made

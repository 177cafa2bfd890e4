"""/livez and /readyz: ready means that the database guards what it should."""

import pytest
from django.db import connections
from django.utils import timezone

from sgoffice import health
from sgoffice.changes import clock


def as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_answers_anybody(client, fresh_database, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert client.post(path).status_code == 405


def test_is_not_ready_when_a_trigger_is_silenced(client, fresh_database):
    as_owner("ALTER TABLE history_entry DISABLE TRIGGER history_entry_is_final")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": True, "migrations": True, "triggers": False}


def test_is_not_ready_when_a_declared_trigger_is_gone(client, fresh_database):
    table, name = min(health.declared_triggers())
    as_owner(f"DROP TRIGGER {name} ON {table}")

    assert client.get("/readyz").json()["checks"]["triggers"] is False


def test_is_not_ready_before_the_last_migration(client, fresh_database):
    as_owner("DELETE FROM django_migrations WHERE app = 'records'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] is False


def test_tells_of_a_clock_that_is_late_and_is_ready_all_the_same(client, fresh_database):
    before = client.get("/readyz")
    clock.run_passes(timezone.now())

    assert (before.status_code, set(before.json()["clock"].values())) == (200, {"late"})
    assert set(client.get("/readyz").json()["clock"].values()) == {"on_time"}

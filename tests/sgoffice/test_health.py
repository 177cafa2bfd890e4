"""/livez and /readyz: ready means that the database is as this version needs it."""

import pytest
from django.db import connections
from django.utils import timezone

from sgoffice import health
from sgoffice.changes import clock
from sgoffice.database import room


@pytest.fixture(autouse=True)
def nothing_kept():
    health.forget()


def as_owner(statement):
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_answers_anybody(client, fresh_database, path):
    answer = client.get(path)

    assert answer.status_code == 200
    assert client.post(path).status_code == 405


def test_is_not_ready_when_a_trigger_is_silenced(client, fresh_database, caplog):
    as_owner("ALTER TABLE history_entry DISABLE TRIGGER history_entry_is_final")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {
        "database": True,
        "migrations": True,
        "schema": False,
        "room": True,
        "key": True,
        "redactions": True,
    }
    assert "not as this version needs it: table history_entry" in caplog.text


def test_is_not_ready_when_a_declared_trigger_is_gone(client, fresh_database):
    as_owner("DROP TRIGGER history_payload_is_final ON history_payload")

    assert client.get("/readyz").json()["checks"]["schema"] is False


def test_asks_the_database_for_its_schema_once_in_a_few_seconds(client, fresh_database):
    client.get("/readyz")
    as_owner("ALTER TABLE history_entry DISABLE TRIGGER history_entry_is_final")

    with_answer_kept = client.get("/readyz").status_code
    health.forget()

    assert (with_answer_kept, client.get("/readyz").status_code) == (200, 503)


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


@pytest.mark.parametrize(
    ("bound", "told"), [("LITTLE_ROOM", (200, "degraded", True)), ("NO_ROOM", (503, "not ready", False))]
)
@pytest.mark.usefixtures("fresh_database")
def test_tells_of_a_disk_that_gets_full(client, monkeypatch, bound, told):
    if room.bytes_left() is None:
        pytest.skip("only the disk of the embedded server is known")
    clock.run_passes(timezone.now())
    before = client.get("/readyz").json()["status"]
    monkeypatch.setattr(room, bound, room.bytes_left() * 2)

    answer = client.get("/readyz")

    found = answer.json()
    assert (before, (answer.status_code, found["status"], found["checks"]["room"])) == ("ready", told)

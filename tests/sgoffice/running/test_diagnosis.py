"""The doctor looks at everything, and says of what is wrong what to do."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from sgoffice.database import secret_key
from sgoffice.running import diagnosis
from tests.factories.accounts import staff
from tests.sgoffice.records.asking import as_owner


def found():
    return {finding.about: finding for finding in diagnosis.findings()}


@pytest.mark.django_db
def test_everything_is_looked_at_and_said():
    told = found()

    assert told["schema"].state == "as this version needs it"
    assert told["secret key"].fault == ""
    assert told["limits of waits"].fault == ""
    assert "PostgreSQL" in told["database"].state
    assert "owns the tables" in told["roles"].state
    assert "imports 0, " in told["queues"].state
    assert told["second factors"].fault == ""


@pytest.mark.django_db
def test_another_key_is_named_with_what_to_do(settings):
    secret_key.note()
    settings.SECRET_KEY = "another key " * 5
    said = StringIO()

    with pytest.raises(CommandError, match="to be looked at"):
        call_command("doctor", stdout=said)

    assert "!!  secret key: another one" in said.getvalue()
    assert "manage.py accept_key" in said.getvalue()


def test_altered_schema_and_lost_limits_are_named(fresh_database):
    as_owner("ALTER TABLE directory_topic ADD COLUMN more text")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")

    told = found()

    assert "table directory_topic" in told["schema"].fault
    assert "lock_timeout is 0" in told["limits of waits"].fault


@pytest.mark.django_db
def test_old_backup_and_missing_second_factors_are_named(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("SGOFFICE_STATE", str(tmp_path))
    assert "none was made" in found()["backup"].state
    made = {"at": (timezone.now() - timedelta(days=9)).isoformat(), "file": "/b/r.dump", "is_encrypted": True}
    (tmp_path / "newest_backup.json").write_text(json.dumps(made))
    staff("administrator")
    staff("viewer")
    settings.IS_PRODUCTION = True

    told = found()

    assert told["backup"].state == "/b/r.dump, 9 days old, encrypted"
    assert "manage.py backup" in told["backup"].fault
    assert told["second factors"].state == "1 of staff lack one that their role needs"
    assert told["second factors"].fault

"""Nothing acknowledged is lost when PostgreSQL and its writers are killed; tests/prove has the long form."""

from pathlib import Path

import pytest
from django.conf import settings

from tests.prove.crashing import CrashingRegister, crash_and_judge, require_nothing_lost


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_server_and_writers_are_killed():
    found = crash_and_judge(["all", "writer", "everything"], writers=3, seed=1)

    require_nothing_lost(found)


@pytest.mark.slow
def test_control_the_checker_sees_a_lost_record_and_a_server_that_does_not_wait_for_the_disk():
    with CrashingRegister(seed=1, is_durable=False) as register:
        register.files.append(register.place / "notes")
        register.files[-1].write_text('{"id": "01900000-0000-7000-8000-000000000001", "version": 1, "name": "X"}\n')

        found = register.verdict()

    assert [note["name"] for note in found["lost"]] == ["X"]
    assert found["settings"] == {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def test_tests_alone_may_do_without_the_disk():
    assert settings.DATABASES["default"].get("IS_DURABLE", False) is False
    assert "SGOFFICE_PG_FAST" not in Path("Dockerfile").read_text(encoding="utf-8")
    assert "SGOFFICE_PG_FAST" not in Path("docker-compose.yml").read_text(encoding="utf-8")

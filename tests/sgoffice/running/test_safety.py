"""What an installation that serves others must not be is refused, each with what to do."""

import pytest
from django.core.checks import run_checks
from django.db import connections

from sgoffice.running import safety

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
_SAFE = {"DEBUG": False, "SECRET_KEY": "abcdefghij" * 6, "SESSION_COOKIE_SECURE": True}


def found(prefix="running."):
    return {fault.id for fault in safety.faults() if fault.id.startswith(prefix)}


@pytest.mark.parametrize(
    ("setting", "value", "fault"),
    [
        ("DEBUG", True, "running.E001"),
        ("SECRET_KEY", "abc", "running.E002"),
        ("SECRET_KEY", "a" * 80, "running.E002"),
        ("SESSION_COOKIE_SECURE", False, "running.E003"),
    ],
)
def test_unsafe_setting_is_refused(settings, setting, value, fault):
    for name, safe in _SAFE.items():
        setattr(settings, name, safe)
    assert not found("running.E00")

    setattr(settings, setting, value)

    assert found("running.E00") == {fault}
    assert fault in {message.id for message in run_checks(include_deployment_checks=True, tags=["security"])}


def test_plain_http_is_allowed_by_an_explicit_word(settings):
    settings.SESSION_COOKIE_SECURE, settings.IS_PLAIN_HTTP = False, True

    assert "running.E003" not in found()


def test_server_of_the_tests_that_does_not_wait_for_the_disk_is_refused(settings):
    [fault] = [fault for fault in safety.faults() if "fsync" in fault.msg]

    assert fault.id == "running.E013"
    assert "SGOFFICE_PG_FAST" in fault.hint


def test_one_role_for_both_is_refused(monkeypatch):
    if connections["default"].settings_dict["USER"] == connections["owner"].settings_dict["USER"]:
        pytest.skip("owner and application are one role on this server")
    assert not {"running.E011", "running.E012"} & found()

    monkeypatch.setattr(safety, "connection", connections["owner"])

    assert "running.E012" in found()

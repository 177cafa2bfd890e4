"""The environment: typed, said once, and written down for those who set it."""

import dataclasses
import re
from pathlib import Path

import pytest

from sgoffice.settings import environment
from sgoffice.settings.environment import Environment, example_file, read_environment

ROOT = Path(__file__).resolve().parents[3]


def test_env_example_says_what_the_program_reads():
    assert (ROOT / ".env.example").read_text(encoding="utf-8") == example_file(), "make env"


def test_page_of_settings_says_what_the_program_reads():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == environment.page(), "make env"


@pytest.mark.parametrize("name", environment.SECRETS)
def test_secret_may_stand_in_a_file(name, tmp_path):
    place = tmp_path / "secret"
    place.write_text("what nobody reads\n")

    assert getattr(read_environment({f"{name}_FILE": str(place)}), name.lower()) == "what nobody reads"

    with pytest.raises(ValueError, match="both set"):
        read_environment({f"{name}_FILE": str(place), name: "another"})
    place.unlink()
    with pytest.raises(ValueError, match="cannot be read"):
        read_environment({f"{name}_FILE": str(place)})


def test_nothing_given_is_the_default():
    assert read_environment({}) == Environment()


def test_every_variable_is_explained_in_a_sentence():
    for item in dataclasses.fields(Environment):
        assert re.fullmatch(r"[A-Za-z].*\.", item.metadata["about"]), item.name


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("SGOFFICE_HTTPS", "yes", True),
        ("SGOFFICE_HTTPS", "0", False),
        ("SGOFFICE_WORKERS", "7", 7),
        ("SGOFFICE_HOSTS", " register.example ", "register.example"),
        ("SGOFFICE_DEBUG", "", False),
    ],
)
def test_values_are_typed(name, text, value):
    assert getattr(read_environment({name: text}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [("SGOFFICE_HTTPS", "maybe"), ("SGOFFICE_WORKERS", "0"), ("SGOFFICE_WORKERS", "-1"), ("SGOFFICE_WORKERS", "٣")],
)
def test_value_that_cannot_be_read_is_named(name, text):
    with pytest.raises(ValueError, match=name):
        read_environment({name: text})


def test_state_lies_elsewhere_when_the_checkout_cannot_be_written(monkeypatch, tmp_path):
    monkeypatch.setattr(environment.os, "access", lambda *_: False)

    found = read_environment({"XDG_STATE_HOME": str(tmp_path)}).state

    assert found.parent == tmp_path / "sgoffice"


def test_nothing_else_reads_the_environment_for_settings():
    # the client in a terminal is no part of the register: it asks where its user keeps settings
    allowed = {"manage.py", "sgoffice/settings/environment.py", "sgoffice/terminal/credentials.py"}
    # programs that are started get the environment of this process, and a library its folder there
    passing_on = {
        "sgoffice/database/server.py", "sgoffice/running/backups.py", "sgoffice/running/management/commands/start.py",
        "sgoffice/running/web_process.py", "sgoffice/running/web_server.py",
    }  # fmt: skip
    found = {
        str(path.relative_to(ROOT))
        for top in ("sgoffice", "appointments", "engagements")
        for path in (ROOT / top).rglob("*.py")
        if re.search(
            r"os\.environ\b(?!\.setdefault\(.DJANGO_SETTINGS_MODULE)|os\.getenv", path.read_text(encoding="utf-8")
        )
    }

    assert found - allowed - passing_on == set()

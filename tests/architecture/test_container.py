"""The container files, as far as a parser sees: PostgreSQL 18 beside the register, checked, closed, not as root."""

import dataclasses
import re

import pytest
import yaml

from sgoffice.settings.environment import Environment
from tests.architecture.source import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
SERVICES = COMPOSE["services"]


@pytest.mark.parametrize("name", ["database", "web"])
def test_every_service_has_a_health_check_and_ends_in_order(name):
    service = SERVICES[name]

    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["stop_grace_period"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_database_is_postgresql_18_with_a_volume_and_no_way_in_from_outside():
    database = SERVICES["database"]

    assert database["image"] == "postgres:18"
    assert database["volumes"] == ["database:/var/lib/postgresql"]  # from 18 on the image keeps its data below this
    assert "ports" not in database
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert database["networks"] == ["inside"]


def test_web_waits_for_the_database_and_listens_on_loopback():
    web = SERVICES["web"]

    assert web["depends_on"]["database"] == {"condition": "service_healthy"}
    assert web["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert all(port.startswith("127.0.0.1:") for port in web["ports"])
    assert "/readyz" in web["healthcheck"]["test"][-1]


def test_web_is_not_root_and_writes_nothing_but_its_state():
    web = SERVICES["web"]

    assert web["user"] not in {"", "0", "root"}
    assert re.search(rf"^USER {web['user']}$", DOCKERFILE, re.MULTILINE)
    assert (web["read_only"], web["cap_drop"]) == (True, ["ALL"])
    assert web["environment"]["SGOFFICE_STATE"] == web["volumes"][0].split(":")[1]


def test_web_is_told_only_what_it_reads():
    known = {item.name.upper() for item in dataclasses.fields(Environment)}

    assert set(SERVICES["web"]["environment"]) <= known
    assert set(re.findall(r"\b(SGOFFICE_\w+)=", DOCKERFILE)) <= known


def test_two_roles_are_made_and_two_are_used():
    roles = COMPOSE["configs"]["roles"]["content"]
    given = SERVICES["migrate"]["environment"]

    for role, variable in (("sgoffice_app", "DATABASE_URL"), ("sgoffice_owner", "DATABASE_OWNER_URL")):
        assert f"CREATE ROLE {role} LOGIN PASSWORD" in roles
        assert given[variable].startswith(f"postgresql://{role}:$")
    assert not re.search(r"SUPERUSER|CREATEROLE", roles)


def test_what_serves_never_holds_the_password_of_the_owner():
    assert "OWNER" not in str(SERVICES["web"]["environment"])
    assert (SERVICES["migrate"]["command"], SERVICES["migrate"]["restart"]) == (["migrate"], "no")


def test_no_password_is_written_down():
    for value in re.findall(r"(?:PASSWORD'?:? |://\w+:)'?([^'\s@]+)", (ROOT / "docker-compose.yml").read_text("utf-8")):
        assert value.startswith(("${", "NULL")), value


def test_image_installs_the_lock_by_hash():
    assert "--require-hashes --only-binary :all: -r /requirements.lock" in DOCKERFILE


def test_no_registry_is_named():
    for image in [*re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE), *(s["image"] for s in SERVICES.values())]:
        assert "/" not in image
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in (ROOT / lock).read_text(encoding="utf-8")

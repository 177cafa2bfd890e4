"""Who may sign in to the embedded server, and as what."""

import stat

import psycopg
import pytest

from sgoffice.database import roles
from sgoffice.database.errors import ServerError
from tests.sgoffice.database.servers import connect


@pytest.mark.parametrize("role", [roles.SUPERUSER, roles.OWNER, roles.APPLICATION])
def test_every_role_needs_its_password(shared_server, role):
    for wrong in ("", "sgoffice"):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(host=str(shared_server.socket), user=role, password=wrong, dbname=roles.DATABASE)

    with connect(shared_server, role) as connection:
        assert connection.execute("SELECT session_user").fetchone() == (role,)


def test_application_signs_in_and_has_no_power(shared_server):
    with connect(shared_server, roles.APPLICATION) as connection:
        found = connection.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication FROM pg_roles"
            " WHERE rolname = current_user"
        ).fetchone()

        assert found == (False,) * 5
        for refused in ("CREATE TABLE mine (id int)", f"SET ROLE {roles.OWNER}", "CREATE DATABASE mine"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(refused)


def test_owner_is_no_superuser(shared_server):
    with connect(shared_server) as connection:
        found = connection.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()

    assert found == (False, True)


def test_passwords_and_socket_are_closed_to_others(shared_server):
    passwords = list(shared_server.state.glob("*.password"))

    assert len(passwords) == 3
    assert stat.S_IMODE(shared_server.log.stat().st_mode) == 0o600
    assert not stat.S_IMODE(shared_server.state.stat().st_mode) & 0o007
    assert {stat.S_IMODE(path.stat().st_mode) for path in passwords} == {0o600}
    assert stat.S_IMODE(shared_server.socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(shared_server.data.stat().st_mode) == 0o700


def test_lost_password_is_said_and_not_made_anew(shared_server):
    place = shared_server.state / f"{roles.OWNER}.password"
    place.rename(place.with_suffix(".away"))

    with pytest.raises(ServerError, match="backup"):
        roles.password_of(shared_server.state, roles.OWNER)

    place.with_suffix(".away").rename(place)


def test_roles_are_provided_again_when_that_was_interrupted(shared_server):
    marker = shared_server.data / "sgoffice-roles.done"
    marker.unlink()

    roles.create_roles(shared_server.state, shared_server.socket)

    assert marker.exists()


def test_application_of_an_older_cluster_gets_a_password(server):
    with connect(server, roles.SUPERUSER) as connection:
        connection.execute(f"ALTER ROLE {roles.APPLICATION} PASSWORD NULL")
        (server.data / "pg_hba.conf").write_text(f"local all {roles.APPLICATION} trust\nlocal all all scram-sha-256\n")
        connection.execute("SELECT pg_reload_conf()")
    (server.state / f"{roles.APPLICATION}.password").unlink()
    (server.data / "sgoffice-roles.done").write_text("")

    roles.create_roles(server.state, server.socket)

    with connect(server, roles.APPLICATION) as connection:
        assert connection.execute("SELECT session_user").fetchone() == (roles.APPLICATION,)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(server.socket), user=roles.APPLICATION, dbname=roles.DATABASE)

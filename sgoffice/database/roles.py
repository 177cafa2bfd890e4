"""Roles of the embedded server.

`sgoffice_super`, `sgoffice_owner` (owns the tables, runs migrations) and `sgoffice_app` (serves requests, can neither
change tables nor write history) sign in with random passwords, each in a file of mode 0600.
"""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from sgoffice.database.errors import ServerError

SUPERUSER, OWNER, APPLICATION = "sgoffice_super", "sgoffice_owner", "sgoffice_app"
DATABASE = "sgoffice"
#: Marks that the roles exist; inside the data folder, so that it disappears with them.
_DONE = Path("data") / "sgoffice-roles.done"
#: What the mark says; before, it was empty and the application had no password.
_ALL_WITH_PASSWORDS = "2"
HBA = """\
# who may sign in, from the socket's folder only (mode 0700)
local all all scram-sha-256
"""


def password_of(state: Path, role: str) -> str:
    """Return the password of a role, created on first use.

    Raises ServerError if it is missing although the roles exist: the server would refuse a new one.
    """
    place = state / f"{role}.password"
    if not place.exists():
        if (role == APPLICATION and _is_done(state)) or (role != APPLICATION and (state / _DONE).exists()):
            message = f"{place} is missing: restore it from a backup; without it nobody can sign in as {role}."
            raise ServerError(message)
        made = place.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
        made.rename(place)
    return place.read_text(encoding="utf-8")


@contextmanager
def password_file(state: Path, uid: int, gid: int) -> Iterator[Path]:
    """Provide the password of the superuser in a temporary file that initdb can read."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
        file.write(password_of(state, SUPERUSER))
        file.flush()
        if os.geteuid() == 0:
            os.chown(file.name, uid, gid)
        yield Path(file.name)


def create_roles(state: Path, socket: Path) -> None:
    """Create missing roles, passwords and the database; the caller holds the start lock."""
    if _is_done(state):
        return
    with psycopg.connect(
        host=str(socket), user=SUPERUSER, password=password_of(state, SUPERUSER), dbname="postgres", autocommit=True
    ) as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in roles:
            password = sql.Literal(password_of(state, OWNER))
            connection.execute(sql.SQL(f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD {{}}").format(password))
        verb = "ALTER" if APPLICATION in roles else "CREATE"
        password = sql.Literal(password_of(state, APPLICATION))
        connection.execute(sql.SQL(f"{verb} ROLE {APPLICATION} LOGIN PASSWORD {{}}").format(password))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        (state / "data" / "pg_hba.conf").write_text(HBA, encoding="utf-8")
        connection.execute("SELECT pg_reload_conf()")
    (state / _DONE).write_text(_ALL_WITH_PASSWORDS, encoding="utf-8")


def _is_done(state: Path) -> bool:
    done = state / _DONE
    return done.exists() and done.read_text(encoding="utf-8") == _ALL_WITH_PASSWORDS

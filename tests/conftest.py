"""One migrated template database; each run and each worker works in a copy, as the application's role."""

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from sgoffice.records import changes, guard

ROOT = Path(__file__).resolve().parents[1]
#: Advisory lock under which one process makes the template while the others wait.
_TEMPLATE_LOCK = 7261905299


def _fingerprint(*patterns: str) -> str:
    """Name the state of these files of ours, so that a template is made once for each."""
    found = hashlib.sha256()
    for app in ("sgoffice", "appointments", "engagements"):
        for pattern in patterns:
            for path in sorted((ROOT / app).rglob(pattern)):
                found.update(path.read_bytes())
    return found.hexdigest()[:10]


class Databases:
    """Makes and drops databases as the owner; points both connections at one of them."""

    def __init__(self) -> None:
        self.original = settings.DATABASES["owner"]["NAME"]
        self.template = f"test_template_{_fingerprint('migrations/*.py', '*.sql', 'grants.py')}"
        self.count = 0

    def admin(self) -> psycopg.Connection[Any]:
        parameters = connections["owner"].get_connection_params()
        wanted = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
        return psycopg.connect(dbname=self.original, autocommit=True, **wanted)

    def point_at(self, name: str) -> str:
        before = connections["default"].settings_dict["NAME"]
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        return before

    def make_template(self) -> None:
        with self.admin() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template]).fetchone():
                return
            for (old,) in admin.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'test_template_%%'"
            ).fetchall():
                admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
            unfinished = f"{self.template}_made"
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(unfinished)))
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
            before = self.point_at(unfinished)
            call_command("migrate", verbosity=0, interactive=False)
            self.point_at(before)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(self.template)))

    def loaded(self) -> str:
        """Return the name of a template that holds the facts; the first process makes it, the others wait."""
        wanted = f"test_loaded_{_fingerprint('*.py', '*.sql', '*.json')}"
        with self.admin() as admin:
            admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK + 1])
            if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [wanted]).fetchone():
                return wanted
            for (old,) in admin.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'test_loaded_%%'"
            ).fetchall():
                admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(old)))
            unfinished = self.copy()
            before = self.point_at(unfinished)
            call_command("load_facts", stdout=StringIO())
            self.point_at(before)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            admin.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(wanted)))
        return wanted

    def copy(self, template: str = "") -> str:
        self.count += 1
        name = f"test_{os.getpid()}_{self.count}"
        with self.admin() as admin:
            # one copy at a time: a template must have no other session while it is read
            admin.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            admin.execute(statement.format(sql.Identifier(name), sql.Identifier(template or self.template)))
        return name

    def drop(self, name: str) -> None:
        with self.admin() as admin:
            admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def drop_left_behind(self) -> None:
        """Drop the databases of runs that were killed: their process is gone."""
        with self.admin() as admin:
            for (name,) in admin.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]+_[0-9]+$'"):
                if not Path(f"/proc/{name.split('_')[1]}").exists():
                    self.drop(name)


@pytest.fixture(scope="session")
def databases(django_db_blocker: Any) -> Databases:
    """The maker of databases."""
    with django_db_blocker.unblock():
        made = Databases()
        made.drop_left_behind()
        made.make_template()
    return made


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases, django_db_blocker: Any) -> Iterator[None]:
    """Work in a copy of the template, as the application's role, instead of in Django's own test database."""
    with django_db_blocker.unblock():
        name = databases.copy()
        before = databases.point_at(name)
    yield
    with django_db_blocker.unblock():
        databases.point_at(before)
        databases.drop(name)


@pytest.fixture
def fresh_database(databases: Databases, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of one's own, for tests with real commits and threads; dropped afterwards, never flushed."""
    with django_db_blocker.unblock():
        name = databases.copy()
        before = databases.point_at(name)
        yield name
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


@pytest.fixture(scope="session")
def loaded_name(databases: Databases, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database that holds all shipped facts, made once for each state of programs and data."""
    with django_db_blocker.unblock():
        yield databases.loaded()


@pytest.fixture(scope="module")
def loaded_register(databases: Databases, loaded_name: str, django_db_blocker: Any) -> Iterator[str]:
    """Work in a copy of the loaded database for a whole module; each test is rolled back."""
    with django_db_blocker.unblock():
        name = databases.copy(loaded_name)
        before = databases.point_at(name)
    yield name
    with django_db_blocker.unblock():
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


@pytest.fixture(autouse=True)
def names_held(request: pytest.FixtureRequest) -> None:
    """Hold the names lock from the start where a whole test is one transaction, since it is never upgraded."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        changes.hold_names_alone()


@pytest.fixture
def unguarded() -> Iterator[None]:
    """Switch the guard off, for a test that needs a write outside the door."""
    with guard.unguarded():
        yield


@pytest.fixture
def settle() -> Callable[[], None]:
    """Fire the deferred triggers now, inside a test's transaction that is never committed."""

    def fire() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return fire


@pytest.fixture
def in_threads() -> Callable[..., list[Any]]:
    """Run work(0..count-1) at once, each with a connection of its own; an exception is a result."""

    def run(count: int, work: Callable[[int], Any]) -> list[Any]:
        def one(number: int) -> Any:
            try:
                return work(number)
            except Exception as error:  # noqa: BLE001 - the test looks at it
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run

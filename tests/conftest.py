"""One migrated template database; each run and each worker works in a copy, as the application's role."""

import gc
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test import override_settings
from hypothesis import settings

from sgoffice.api import guesses
from sgoffice.changes import door
from sgoffice.records import guard
from tests.canaries import quiet_logs, quiet_mails
from tests.databases import Databases

__all__ = ["quiet_logs", "quiet_mails"]

# Properties are tried on the same examples each time, so that a change is judged by what it changes; `make prove` draws
# new ones.
settings.register_profile("same examples", derandomize=True)
settings.register_profile("new examples", derandomize=False)
settings.load_profile("new examples" if "SGOFFICE_PROVE" in os.environ else "same examples")


def pytest_collection_finish() -> None:
    """Collect garbage seldom: what was imported stays to the end, and looking through it again and again costs time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def fast_passwords() -> Iterator[None]:
    """Hash passwords of tests fast; tests/sgoffice/accounts/test_pages.py looks at the hasher itself."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_when_asked_for() -> Iterator[None]:
    """Look for a static file when it is asked for: each new client would list hundreds of them before it asks.

    tests/contract/test_headers.py asks for some as they are served.
    """
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


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
def own_checkpoints(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the checkpoints of each test apart: it has a register of its own. Nothing is made before it is needed."""
    place = tmp_path_factory.getbasetemp() / uuid4().hex
    settings.CHECKPOINTS, settings.CHECKPOINT_KEY = str(place / "checkpoints"), str(place / "key.pem")


@pytest.fixture(autouse=True)
def names_held(request: pytest.FixtureRequest) -> None:
    """Hold the names lock from the start where a whole test is one transaction, since it is never upgraded."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        door.lock_names_exclusively()


@pytest.fixture(autouse=True)
def no_guesses() -> None:
    """Begin without wrong secrets: all tests come from one address, in one process."""
    guesses.forget()


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

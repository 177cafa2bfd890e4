"""Servers of the tests' own, in folders that the server's user can reach, stopped and removed afterwards."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sgoffice.database.server import EmbeddedServer
from tests.sgoffice.database.servers import Client, new_server, place_for_state


@pytest.fixture
def state() -> Iterator[Path]:
    """A folder for the state of one server, with nothing in it."""
    with place_for_state() as place:
        yield place


@pytest.fixture(scope="module")
def shared_server() -> Iterator[EmbeddedServer]:
    """A server for tests that only look."""
    with place_for_state() as place:
        made = new_server(place)
        made.start()
        yield made
        made.leave()


@pytest.fixture
def new_client(state: Path) -> Iterator[Callable[..., Client]]:
    """Start other processes that use the server; those still there at the end are ended."""
    clients: list[Client] = []

    def start(**environment: str) -> Client:
        clients.append(Client(state, **environment))
        return clients[-1]

    yield start
    for client in clients:
        if client.poll() is None:
            client.kill()
        client.communicate()


@pytest.fixture
def server(state: Path) -> Iterator[EmbeddedServer]:
    """A server that this process started."""
    made = new_server(state)
    made.start()
    yield made
    made.leave()

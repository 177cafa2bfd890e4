"""Each story is told in a register of its own, with the shipped facts and real commits; then all of it is verified."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from tests.databases import Databases
from tests.factories.accounts import Register, signed_in


@pytest.fixture(autouse=True)
def register(databases: Databases, loaded_name: str, django_db_blocker: Any) -> Iterator[str]:
    """A loaded register of one's own, of which history and documents are verified when the story is told."""
    with django_db_blocker.unblock():
        name = databases.copy(loaded_name)
        before = databases.point_at(name)
        yield name
        told = verified()
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)
    assert told == "Every stored document matches its record.\n"


def verified() -> str:
    """Return what verification says of documents; raises CommandError for a fault of these or of history."""
    said = StringIO()
    call_command("verify_history", stdout=StringIO(), stderr=said)
    call_command("verify_documents", stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture
def officer(register: str) -> Register:
    """Somebody who logs."""
    return signed_in("officer")


@pytest.fixture
def administrator(register: str) -> Register:
    """Somebody who works in the admin."""
    return signed_in("administrator")

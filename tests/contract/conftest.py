"""One database for all of the contract: the loaded facts, and beside them a record that fits each operation."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from tests.contract.bodies import Maker, Stock
from tests.databases import Databases
from tests.factories.accounts import Register, signed_in


@pytest.fixture(scope="session")
def stocked(databases: Databases, loaded_name: str, django_db_blocker: Any) -> Iterator[tuple[str, Stock]]:
    """The name of a database with the facts and a stock of records, and the stock."""
    with django_db_blocker.unblock():
        name = databases.copy(loaded_name)
        before = databases.point_at(name)
        maker = Maker(signed_in("approver"), Stock())
        maker.fill_up()
        connections.close_all()
        databases.point_at(before)
    yield name, maker.stock
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="module")
def stock(databases: Databases, stocked: tuple[str, Stock], django_db_blocker: Any) -> Iterator[Stock]:
    """Work in a copy of that database for a whole module; each test is rolled back."""
    template, made = stocked
    with django_db_blocker.unblock():
        name = databases.copy(template)
        before = databases.point_at(name)
    yield made
    with django_db_blocker.unblock():
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


@pytest.fixture
def approver(stock: Stock, db: None) -> Register:
    """Somebody new in each test, who has the requests of a minute before them."""
    return signed_in("approver")


@pytest.fixture
def maker(approver: Register, stock: Stock) -> Maker:
    """Sends requests that fit the stock."""
    return Maker(approver, copy.copy(stock))

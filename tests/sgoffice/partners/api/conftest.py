"""A register that is served to the example partner."""

from collections.abc import Iterator

import pytest

from tests.sgoffice.partners.api.partner_page import served_register


@pytest.fixture
def served(fresh_database: str) -> Iterator[str]:
    with served_register() as url:
        yield url

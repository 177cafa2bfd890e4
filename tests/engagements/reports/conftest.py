"""Who reads the reports."""

import pytest

from tests.factories.accounts import signed_in


@pytest.fixture
def viewer():
    return signed_in("viewer")

"""What the tests of the whole register share."""

import pytest

from tests.factories.accounts import Register, signed_in


@pytest.fixture
def two() -> tuple[Register, Register]:
    """Two approvers."""
    return signed_in("approver"), signed_in("approver")

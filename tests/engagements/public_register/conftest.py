"""Who publishes is there before anything is entered."""

import pytest

from sgoffice.changes.door import lock_names_exclusively
from tests.factories import approvals


@pytest.fixture
def chief(db):
    """An approver; the lock that approving takes is taken before anything shares it in the test's transaction."""
    lock_names_exclusively()
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member()

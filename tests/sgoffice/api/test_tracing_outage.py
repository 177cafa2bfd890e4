"""Where the trace cannot be written, what is restricted is not shown."""

import pytest

from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.sgoffice.records.asking import as_owner

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.mark.parametrize("path", ["/api/v1/engagements", "/api/v1/search?q=zqx", "/admin/engagements/engagement/"])
def test_what_is_restricted_is_not_shown_and_the_rest_is(path):
    make.engagement(marking="restricted", title="ZQX secret talk")
    chief, viewer = signed_in("approver"), signed_in("viewer")
    as_owner("ALTER TABLE trace_item ADD CONSTRAINT is_broken CHECK (false) NOT VALID")

    refused, shown = chief.get(path), viewer.get(path)

    assert (refused.status_code, refused.json()["type"]) == (503, "/problems/unavailable")
    assert b"secret talk" not in refused.content
    assert shown.status_code == 200

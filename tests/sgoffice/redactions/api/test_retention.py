"""GET /retention: for approvers, and for no one else."""

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def long_ago():
    ways = [{"type": "email", "value": "a@example.org", "note": ""}]
    known = directory.person("Long Ago", contact_details=ways)
    make.engagement(held="2001-05-15", participants=[make.theirs(person=known)])
    return known


def test_what_is_due_is_read_by_approvers():
    long_ago()

    answer = signed_in("approver").get("/api/v1/retention?on=2026-11-30")

    assert [one["label"] for one in answer.json()["results"]] == ["Long Ago"]
    assert signed_in("officer").get("/api/v1/retention").status_code == 403
    assert signed_in("approver").get("/api/v1/retention?on=soon").status_code == 400

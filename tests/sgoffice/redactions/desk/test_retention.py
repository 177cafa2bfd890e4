"""What is due to be erased on the desk: listed, and proposed by one press."""

import pytest

from sgoffice.approvals.models import Approval
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def long_ago():
    ways = [{"type": "email", "value": "a@example.org", "note": ""}]
    known = directory.person("Long Ago", contact_details=ways)
    make.engagement(held="2001-05-15", participants=[make.theirs(person=known)])
    return known


def test_what_is_due_is_proposed_by_one_press():
    known, desk = long_ago(), signed_in("approver")

    assert "Long Ago" in desk.get("/desk/retention").content.decode()
    assert desk.post("/desk/retention").status_code == 302
    waiting = Approval.objects.pending().get(subject=known.pk)
    assert waiting.reference in desk.get("/desk/retention").content.decode()
    assert signed_in("officer").get("/desk/retention").status_code == 403

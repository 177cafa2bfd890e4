"""Who may take the whole register, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts import services as accounts
from sgoffice.approvals.models import Approval
from sgoffice.archives.whole_register import OPEN_FOR, open_approval
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import NotPermitted, RuleViolation
from tests.factories.accounts import signed_in
from tests.sgoffice.archives.deciding import WHY, decided


@pytest.mark.django_db
def test_it_is_open_to_nobody_else_and_for_a_day(two):
    one, other = two
    proposed = one.enter("archive", WHY)
    decided(other, proposed.json()["id"])
    approval = Approval.objects.get(pk=proposed.json()["id"])

    assert other.see("archive").status_code == 409
    for role in ("viewer", "officer", "administrator", "auditor"):
        client = signed_in(role)
        assert client.see("archive").status_code == 403
        assert client.enter("archive", WHY).status_code == 403
        assert client.get("/desk/archive").status_code == client.get("/desk/archive/file").status_code == 403
    by = one.user.as_actor()
    last = approval.decided_at + OPEN_FOR - timedelta(seconds=1)
    assert open_approval(by=by, at=last) == approval
    with pytest.raises(RuleViolation, match="24 hours"):
        open_approval(by=by, at=last + timedelta(seconds=1))

    accounts.assign_role(one.user.pk, "officer", by=OFFICE, at=timezone.now())
    one.user.refresh_from_db()
    with pytest.raises(NotPermitted):
        open_approval(by=one.user.as_actor(), at=last)
    assert one.see("archive").status_code == 401

"""The public register on the desk: what the public would read, what to correct first, and one button to propose it."""

import pytest

from engagements.public_register import services
from sgoffice.approvals.models import Approval
from tests.factories import approvals
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/public-register"
YEAR = {"from": "2024-01-01", "until": "2024-12-31"}


def test_an_officer_reads_a_period_and_proposes_it_and_an_approver_publishes_it(chief):
    officer = signed_in("officer")
    make.engagement(title="Courtesy call", marking="public", held="2024-05-15")
    make.engagement(title="CANARY", held="2024-05-16")

    page = officer.get(PAGE, YEAR).content.decode()
    wrong = officer.get(PAGE, {"from": "yesterday"})
    file = officer.get(PAGE, {**YEAR, "format": "csv"})
    done = officer.post(PAGE, {**YEAR, "purpose": "The year 2024"})
    again = officer.post(PAGE, {**YEAR, "purpose": "The year 2024"})
    queue = signed_in("approver").get("/desk/approvals").content.decode()
    approvals.approve(Approval.objects.pending().get(), by=chief)

    assert "Courtesy call" in page
    assert "write with whom, and what it was about" in page
    assert "CANARY" not in page
    assert "Propose to publish 1 entry" in page
    assert (wrong.status_code, "Write a day such as 2016-11-21." in wrong.content.decode()) == (422, True)
    assert b"Courtesy call" in b"".join(file.streaming_content)
    assert (done.status_code, again.status_code) == (302, 422)
    assert "waits for a decision" in again.content.decode()
    assert "Publish a period in the public register" in queue
    assert "1 Jan" in queue
    assert "Lines" not in queue
    assert len(services.site_now().lines) == 1
    assert "1 entry. Proposed by" in officer.get(PAGE).content.decode()
    assert signed_in("viewer").get(PAGE).status_code == 403

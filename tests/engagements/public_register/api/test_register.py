"""The public register over the API: a draft with its findings, a file, and a proposal that another person approves."""

import csv
import io

import pytest

from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
DRAFT, PUBLICATIONS = "/api/v1/reports/public-register", "reports/public-register/publications"
YEAR = {"from": "2024-01-01", "until": "2024-12-31"}


@pytest.mark.usefixtures("chief")
def test_a_period_is_read_checked_taken_away_and_proposed():
    officer, viewer = signed_in("officer"), signed_in("viewer")
    engagement = make.engagement(title="Courtesy call", marking="public", participants=(make.theirs(title="Minister"),))
    make.engagement(title="CANARY")

    draft = officer.get(DRAFT, YEAR)
    file = viewer.get(DRAFT, {**YEAR, "format": "csv"})
    refused = officer.get(DRAFT, {"from": "2024-12-31", "until": "2024-01-01"})
    body = {"first": "2024-01-01", "last": "2024-12-31", "purpose": "The year"}
    proposed = officer.enter(PUBLICATIONS, body)
    again = officer.enter(PUBLICATIONS, body)

    shown = draft.json()
    assert [one["reference"] for one in shown["lines"]] == [engagement.reference]
    assert ("vague-subject", engagement.reference, "title") in {
        (one["rule"], one["reference"], one["field"]) for one in shown["findings"]
    }
    assert "CANARY" not in draft.content.decode()
    rows = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode())))
    assert [(row["id"], row["subject"]) for row in rows] == [(engagement.reference, "Courtesy call")]
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/until")
    assert (proposed.status_code, proposed.json()["state"], again.status_code) == (202, "proposed", 409)
    assert "/api/v1/approvals/" in proposed["Location"]
    assert viewer.enter(PUBLICATIONS, body).status_code == 403
    assert officer.enter(PUBLICATIONS, {**body, "last": "2999-12-31"}).status_code == 400

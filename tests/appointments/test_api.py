"""Posts, holders and appointments over HTTP."""

import pytest
from django.db import IntegrityError, connection, transaction

from sgoffice.records.actors import OFFICE
from sgoffice.records.constraints import violation_of
from tests.factories.accounts import signed_in
from tests.factories.appointments import appointment, post
from tests.factories.directory import person

pytestmark = pytest.mark.django_db
_TOO_LONG = "during = '[2014-11-07,2030-01-01)', \"end\" = NULL, end_earliest = NULL, end_latest = NULL"


@pytest.fixture
def officer():
    return signed_in("officer")


@pytest.mark.parametrize("query", ["on=2016", "on=x", "on=%00", "day=2016-01-01", "on=2016-02-30"])
def test_a_day_that_is_none_is_400(officer, query):
    post()

    assert officer.see(f"posts/secretary-general/holder?{query}").status_code == 400


def approved(answer, *, by):
    """Let an approver approve what a 202 tells of, and return the appointment as it is then."""
    shown = answer.json()
    decided = by.enter(f"approvals/{shown['id']}/approve", {}, **{"If-Match": answer["ETag"]})
    assert (answer.status_code, decided.status_code) == (202, 200), decided.content
    return by.see(f"appointments/{shown['record']['id']}")


def test_from_proposal_to_end(officer):
    chief = signed_in("approver")
    body = {"post": str(post().pk), "person": str(person().pk), "proposed": "2024-06-25"}
    made = officer.enter("appointments", body)
    address = f"appointments/{made.json()['id']}"

    early = officer.enter(f"{address}/assume", {"on": "2024-11-07"}, **{"If-Match": made["ETag"]})
    waiting = officer.enter(
        f"{address}/appoint", {"appointed": "2024-11-05", "start": "2024-11-07"}, **{"If-Match": made["ETag"]}
    )
    queued = officer.see("approvals?state=proposed").json()["results"]
    appointed = approved(waiting, by=chief)
    assumed = officer.enter(f"{address}/assume", {"on": "2024-11-07"}, **{"If-Match": appointed["ETag"]})
    leave = {"on": "2026-01-01", "end_reason": "resignation"}
    alone = officer.enter(f"{address}/end", leave, **{"If-Match": assumed["ETag"]})
    ended = chief.enter(f"{address}/end", leave, **{"If-Match": assumed["ETag"]})

    assert (made.json()["state"], early.status_code) == ("proposed", 409)
    assert [(one["action"], one["content"]["start"]) for one in queued] == [("appoint", "2024-11-07")]
    assert waiting["Location"].endswith(f"/api/v1/approvals/{queued[0]['id']}")
    assert appointed.json()["until"] == "2029-11-07"
    assert assumed.json()["state"] == "assumed"
    assert alone.status_code == 403
    assert (ended.json()["state"], ended.json()["until"]) == ("ended", "2026-01-01")


def test_deviation_is_not_accepted_over_http(officer):
    body = {
        "post": str(post().pk),
        "person": str(person().pk),
        "start": "1963",
        "deviation": {"rule": "x", "reason": "y"},
    }

    answer = officer.enter("appointments", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/deviation"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (_TOO_LONG, "term-too-long"),
        ("kind = 'reappointment'", "reappointment-without-first-term"),
        ("during = 'empty'", "end-after-start"),
        ("during = NULL", "term-is-known"),
    ],
)
def test_raw_sql_cannot_break_a_rule(change, rule):
    one = appointment()

    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE appointments_appointment SET {change} WHERE id = %s", [one.pk])

    violation = violation_of(refusal.value, by=OFFICE)
    assert violation is not None
    assert violation.rule == rule

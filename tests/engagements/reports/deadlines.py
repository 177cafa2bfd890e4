"""What tests of the list of deadlines share: records with a day, and the list as a client reads it."""

from uuid import uuid4

from appointments import services as appointments
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from tests.factories import agreements as agreed
from tests.factories import directory

LIVE = {"marking": "public"}
ON = "2026-11-25"
RENEWED = {"duration": "P5Y", "tacit_renewal": "P5Y", "notice_period": "P6M"}
FROM_FACTS = {"by": OFFICE, "expected": ANY_VERSION}


def listed(client, on=ON, **query):
    response = client.get("/api/v1/deadlines", {"on": on, **query})
    assert response.status_code == 200, response.content
    return response.json()


def told(client, on=ON, **query):
    return [(one["kind"], one["day"], one["days_left"]) for one in listed(client, on, **query)["results"]]


def body():
    ours = directory.organization("International Criminal Police Organization")
    return appointments.set_up_body(
        appointments.BodyEntry(name="General Assembly", slug="general-assembly", organization=ours.pk), by=OFFICE
    )


def session(of, begins, **values):
    return appointments.convene_session(
        appointments.SessionEntry(body=of.pk, begins=begins, city="Lyon", allow_duplicate=True, **LIVE | values),
        by=OFFICE,
    )


def mandate(of, **values):
    decision = appointments.record_decision(
        appointments.DecisionEntry(body=of.pk, title="Cooperation", symbol=f"GA-{uuid4().hex[:6]}", **LIVE), by=OFFICE
    )
    given = {"decision": decision.pk, "text": "Report on cooperation", **LIVE, **values}
    return appointments.add_mandate(appointments.MandateEntry(**given), by=OFFICE)


def awaiting(of, **values):
    clause = {
        "kind": "all_of",
        "clauses": [
            {"kind": "signature_by_all", "after": "P60D"},
            {"kind": "approval_by_body", "body": str(of.pk), "called": "the General Assembly"},
        ],
    }
    return agreed.agreement(agreed.act("signature", "2026-01-31"), entry_into_force=clause, **LIVE | values)

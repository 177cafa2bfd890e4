"""How far what a session decided has been carried out."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from appointments import services
from appointments.models import Mandate
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import agreements
from tests.factories.accounts import signed_in
from tests.factories.directory import organization
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in()


@pytest.fixture
def session():
    ours = organization("Our organization")
    body = services.set_up_body(services.BodyEntry(slug="council", name="Council", organization=ours.pk), by=OFFICE)
    return services.convene_session(services.SessionEntry(body=body.pk, number=42, begins="2025-11"), by=OFFICE)


def decide(session, symbol, **values):
    entry = services.DecisionEntry(body=session.body_id, symbol=symbol, title=symbol, session=session.pk, **values)
    return services.record_decision(entry, by=OFFICE)


def mandate(decision, paragraph="1", **values):
    entry = services.MandateEntry(decision=decision.pk, paragraph=paragraph, text=f"Report {paragraph}", **values)
    return services.add_mandate(entry, by=OFFICE)


def report(client, session, query=""):
    answer = client.see(f"sessions/{session.pk}/implementation{query}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_each_decision_is_told_with_its_mandates_and_what_is_derived_from_them(officer, session):
    done, begun, none = decide(session, "C/42/1"), decide(session, "C/42/2"), decide(session, "C/42/3")
    mandate(done, status="completed", evidence=("C/43/REP/7",), responsible_unit="Legal Affairs")
    mandate(begun, "1", status="completed", evidence=("Note",))
    mandate(begun, "2", due_on=date(2026, 3, 1))
    mandate(begun, "3", status="not_applicable", due_on=date(2026, 3, 1))
    decide(services.convene_session(services.SessionEntry(body=session.body_id, number=43), by=OFFICE), "C/43/1")

    told = report(officer, session, "?on=2026-03-02")

    assert [(one["symbol"], one["implementation"]) for one in told["decisions"]] == [
        ("C/42/1", "completed"),
        ("C/42/2", "in_progress"),
        ("C/42/3", "no_information"),
    ]
    [first], second, third = (one["mandates"] for one in told["decisions"])
    assert (first["responsible_unit"], first["evidence"]) == ("Legal Affairs", [{"text": "C/43/REP/7", "record": None}])
    assert [(one["paragraph"], one["is_overdue"]) for one in second] == [("1", False), ("2", True), ("3", False)]
    assert third == []
    assert {one["status"]: one["count"] for one in told["counts"]} == {
        "not_started": 1, "in_progress": 0, "completed": 2, "not_applicable": 1, "no_information": 0,
    }  # fmt: skip
    assert (told["overdue"], report(officer, session, "?on=2026-03-01")["overdue"]) == (1, 0)
    assert officer.see(f"decisions/{none.pk}/implementation").json()["implementation"] == "no_information"
    assert officer.see(f"decisions/{begun.pk}/implementation?on=2026-03-02").json() == told["decisions"][1]


def test_evidence_that_is_a_record_is_named_to_who_may_see_it(session):
    shown, hidden = agreements.agreement(title="Shown"), agreements.agreement(title="Hidden", marking="restricted")
    evidence = (shown.reference, hidden.reference, "https://example.org/report")
    mandate(decide(session, "C/42/1"), status="completed", evidence=evidence)

    def records(role):
        [decision] = report(signed_in(role), session)["decisions"]
        return [one["record"] and one["record"]["title"] for one in decision["mandates"][0]["evidence"]]

    assert records("viewer") == ["Shown", None, None]
    assert records("approver") == ["Shown", "Hidden", None]


def test_what_is_hidden_or_in_error_is_not_counted(session):
    viewer, approver = signed_in("viewer"), signed_in("approver")
    decision = decide(session, "C/42/1")
    mandate(decision, "1", status="completed", evidence=("Note",))
    mandate(decision, "2", marking="restricted")
    decide(session, "C/42/2", marking="restricted")
    wrong = mandate(decision, "3")
    enter_in_error(Mandate, wrong.pk, by=OFFICE, expected=ANY_VERSION, reason="Twice.")

    def told(client):
        decisions = report(client, session)["decisions"]
        return [(one["symbol"], one["implementation"], len(one["mandates"])) for one in decisions]

    assert told(viewer) == [("C/42/1", "completed", 1)]
    assert told(approver) == [("C/42/1", "in_progress", 2), ("C/42/2", "no_information", 0)]


@pytest.mark.parametrize("evidence", [(), ("",), ("  ",)])
def test_nothing_is_completed_without_evidence_on_any_way(officer, session, evidence):
    made = mandate(decide(session, "C/42/1"))
    done = services.ImplementationEntry(status="completed", evidence=evidence)
    correction = Correction(services.MandateEntry, {"status": "completed", "evidence": evidence})

    for refused in (
        lambda: mandate(made.decision, status="completed", evidence=evidence),
        lambda: services.report_implementation(made.pk, done, by=OFFICE, expected=ANY_VERSION),
        lambda: services.correct_mandate(made.pk, correction, by=OFFICE, expected=ANY_VERSION),
    ):
        with pytest.raises(RuleViolation, match="without evidence"):
            refused()
    answer = officer.enter(
        f"mandates/{made.pk}/report", {"status": "completed", "evidence": list(evidence)}, **{"If-Match": "*"}
    )
    assert answer.status_code in {400, 409}


@pytest.mark.parametrize("evidence", ["[]", '[""]', '["Note", ""]'])
def test_raw_sql_completes_nothing_without_evidence(session, evidence):
    made = mandate(decide(session, "C/42/1"))

    with pytest.raises(IntegrityError, match="mandate_completed_with_evidence"), transaction.atomic():
        ask("UPDATE appointments_mandate SET status = 'completed', evidence = %s WHERE id = %s", evidence, made.pk)


def test_the_report_takes_as_many_queries_for_many_and_has_an_etag(officer, session):
    mandate(decide(session, "C/42/1"), evidence=("Note",))
    path = f"sessions/{session.pk}/implementation"
    tag = officer.see(path)["ETag"]
    with CaptureQueriesContext(connection) as few:
        assert officer.see(path, **{"If-None-Match": tag}).status_code == 304
    for number in range(2, 9):
        mandate(decide(session, f"C/42/{number}"), evidence=("Note",))
    with CaptureQueriesContext(connection) as many:
        assert officer.see(path, **{"If-None-Match": tag}).status_code == 200

    assert len(few) == len(many)

"""Every kind of deadline in the list over HTTP, its day counted by hand."""

from datetime import date

import pytest

from engagements import services as log
from engagements.agreements import services as agreements
from engagements.agreements.services import steps as agreement_steps
from engagements.agreements.vocabulary import AgreementDeadlineKind
from engagements.reports.vocabulary import DeadlineKind
from sgoffice.records.actors import OFFICE
from tests.engagements.reports.deadlines import (
    FROM_FACTS,
    LIVE,
    RENEWED,
    awaiting,
    body,
    listed,
    mandate,
    session,
    told,
)
from tests.factories import agreements as agreed
from tests.factories import appointments as appointed
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


class TestKinds:
    """One of each, its day counted by hand."""

    def test_notice_before_a_tacit_renewal(self, viewer):
        theirs = directory.organization("World Customs Organization")
        made = agreed.in_force_since(
            "2022-06-30",
            parties=agreed.parties(theirs=theirs),
            focal_points=(agreements.FocalPointEntry(unit="Legal Affairs", name="A. Clerk"),),
            **RENEWED,
            **LIVE,
        )

        [line] = listed(viewer, within=60)["results"]

        assert (line["kind"], line["day"], line["days_left"], line["is_overdue"]) == ("notice", "2026-12-30", 35, False)
        assert (
            line["sentence"] == "Give notice by 30 December 2026 or the agreement renews for 5 years on 30 June 2027."
        )
        assert (line["record"]["id"], line["record"]["reference"]) == (str(made.pk), made.reference)
        assert line["record"]["marking"] == "public"
        assert [one["record"]["id"] for one in line["counterparts"]] == [str(theirs.pk)]
        assert line["owner"] == "Legal Affairs, A. Clerk"
        assert told(viewer, within=34) == []

    def test_an_end_an_entry_into_force_and_the_end_of_provisional_application(self, viewer):
        agreed.in_force_since("2022-02-28", duration="P5Y", **LIVE)
        agreed.agreement(
            agreed.act("signature", "2026-10-31"), entry_into_force={"kind": "signature_by_all", "after": "P1M"}, **LIVE
        )
        agreed.agreement(
            agreed.act("signature", "2026-01-01"),
            agreed.act("provisional_application", "2026-01-01", until="2027-01-01"),
            **LIVE,
        )

        assert told(viewer, within=100) == [
            ("entry_into_force", "2026-11-30", 5),
            ("provisional_application", "2027-01-01", 37),
            ("expiry", "2027-02-28", 95),
        ]

    def test_an_approval_that_is_missing_waits_for_the_next_session(self, viewer):
        assembly = body()
        made = awaiting(assembly)
        agreed.in_force_since("2022-01-15", duration="P5Y", **LIVE)
        assert told(viewer) == [("expiry", "2027-01-15", 51), ("missing_approval", None, None)]
        session(assembly, "2026-11-01", status="held")
        session(assembly, "2027-11-01")
        later = listed(viewer)["results"][1]
        assert later["day"] is None
        assert later["session"]["label"] == "Session of the General Assembly, Lyon, 1 November 2027"
        next_one = session(assembly, "2026-12-10", number=94)

        [line, _] = listed(viewer)["results"]

        assert (line["kind"], line["day"], line["days_left"]) == ("missing_approval", "2026-12-10", 15)
        assert (line["record"]["id"], line["session"]["id"]) == (str(made.pk), str(next_one.pk))
        assert line["sentence"] == (
            "No approval by the General Assembly is recorded: if it was given, record it; if not, the agreement "
            "waits for it. "
            "It can be put before the 94th session of the General Assembly, Lyon, 10 December 2026."
        )
        agreement_steps.approve_agreement(
            made.pk, agreements.ApprovalEntry(date="2026-12-11", by_body=assembly.pk), **FROM_FACTS
        )
        assert told(viewer, within=30) == [("entry_into_force", "2026-12-11", 16)]

    def test_mandates_that_wait(self, viewer):
        assembly = body()
        due = mandate(assembly, due_on=date(2027, 1, 1), responsible_unit="Strategy", paragraph="3")
        mandate(assembly, due_on=date(2027, 1, 1), status="completed", evidence=("a document",))
        mandate(assembly, due_on=date(2027, 1, 1), status="not_applicable")
        mandate(assembly)

        [line] = listed(viewer)["results"]

        assert (line["kind"], line["days_left"], line["owner"]) == ("mandate", 37, "Strategy")
        assert line["sentence"].startswith("Carry out paragraph 3 of GA-")
        assert line["record"]["url"] == f"/api/v1/mandates/{due.pk}"
        assert line["counterparts"][0]["name"] == "International Criminal Police Organization"

    def test_action_items_that_somebody_still_owes(self, viewer):
        meeting = make.engagement(participants=(make.theirs(country=directory.country().code),), **LIVE)
        for text, values in (
            ("Ours", {"owner": log.OwnerEntry(unit="Legal Affairs")}),
            ("Theirs", {"owed_by": "theirs"}),
            ("Without a day", {"due_on": None}),
        ):
            make.action_item(meeting, text=text, **{"due_on": date(2026, 12, 15)} | values)
        dropped = make.action_item(meeting, text="Dropped", due_on=date(2026, 12, 15))
        log.action_item_steps.drop_action_item(dropped.pk, log.StepEntry(reason="Overtaken"), **FROM_FACTS)

        found = listed(viewer)["results"]

        assert sorted((one["sentence"], one["owner"]) for one in found) == [
            ("Ask for what they owe by 15 December 2026: Theirs", ""),
            ("Do what was promised by 15 December 2026: Ours", "Legal Affairs"),
        ]
        assert {one["record"]["kind"] for one in found[0]["counterparts"]} == {"person", "country"}

    def test_action_items_of_an_agreement_and_of_a_mandate_concern_those_whom_these_bind(self, viewer):
        wco = directory.organization("World Customs Organization")
        agreement = agreed.agreement(parties=agreed.parties(theirs=wco), **LIVE)
        ordered = mandate(body())
        for about in ({"agreement": agreement.pk}, {"mandate": ordered.pk}):
            entry = log.ActionItemEntry(text="Report", due_on=date(2026, 12, 15), **about, **LIVE)
            log.add_action_item(entry, by=OFFICE)

        found = [one["counterparts"][0]["name"] for one in listed(viewer, kind="action_item")["results"]]
        theirs = listed(viewer, kind="action_item", organization=str(wco.pk))["results"]

        assert sorted(found) == ["International Criminal Police Organization", "World Customs Organization"]
        assert [one["counterparts"][0]["name"] for one in theirs] == ["World Customs Organization"]

    def test_terms_of_office_that_run_out(self, viewer):
        made = appointed.appointment("Valdecy Urquiza", start="2024-11-07", appointed="2024-11-05")

        assert told(viewer, on="2029-11-01") == [("end_of_term", "2029-11-07", 6)]
        [line] = listed(viewer, on="2029-11-01")["results"]
        assert line["sentence"] == (
            "Have a successor proposed and appointed, or Valdecy Urquiza reappointed: the term of Valdecy Urquiza as "
            "secretary-general ends on 7 November 2029."
        )
        assert line["record"]["id"] == str(made.pk)
        appointed.appointment("Somebody Else", start="2029-11-07")
        [line, *_] = listed(viewer, on="2029-11-01")["results"]
        assert line["sentence"].startswith("Prepare the handover on 7 November 2029: Somebody Else follows")

    def test_requests_that_want_an_answer(self, viewer):
        staff = signed_in("officer").user
        asked = {"status": "requested", "reply_by": date(2026, 12, 1), "responsible": staff.pk}
        made = make.engagement(title="Courtesy call", participants=(make.theirs(),), **asked, **LIVE)
        make.engagement(**asked | {"reply_by": None}, **LIVE)

        [line] = listed(viewer)["results"]

        assert (line["kind"], line["days_left"], line["owner"]) == ("reply", 6, str(staff))
        assert (line["record"]["id"], line["sentence"]) == (
            str(made.pk),
            "Answer the request by 1 December 2026: Courtesy call",
        )

    def test_every_kind_of_agreements_is_a_kind_of_the_list(self):
        assert set(AgreementDeadlineKind.values) <= set(DeadlineKind.values)

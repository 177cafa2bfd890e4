"""Approvals by decisions and bodies that fit, and steps that change something."""

import pytest

from appointments import services as office
from engagements.agreements import services
from engagements.agreements.services import steps
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from tests.factories import agreements as make
from tests.factories import directory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    """Make a body of an organization that is no party."""
    nobody = directory.organization("No party")
    return lambda name: office.set_up_body(
        office.BodyEntry(slug=name.lower(), name=name, organization=nobody.pk), by=OFFICE
    )


def decided(by, adopted):
    entry = office.DecisionEntry(body=by.pk, title=f"Approval of {adopted}", adopted=adopted, allow_duplicate=True)
    return office.record_decision(entry, by=OFFICE).pk


def signed(assembly=None, **values):
    clause = {"kind": "approval_by_body", "body": str(assembly.pk), "called": "the Assembly"} if assembly else None
    return make.agreement(make.act("signature", "2026-02-01"), entry_into_force=clause, **values)


def approve(agreement, **values):
    entry = services.ApprovalEntry(date="2026-03-01", **values)
    return steps.approve_agreement(agreement.pk, entry, by=OFFICE, expected=ANY_VERSION)


def refused(agreement, **values):
    with pytest.raises(RuleViolation) as raised:
        approve(agreement, **values)
    return raised.value.rule


def test_a_body_that_acts_for_no_party_approves_nothing(body):
    assert refused(signed(), by_body=body("Assembly").pk) == "body-of-a-party"


def test_a_decision_of_another_day_or_body_approves_nothing(body):
    assembly, council = body("Assembly"), body("Council")
    agreement = signed(assembly)

    assert refused(agreement, by_body=assembly.pk, decision=decided(assembly, "2019-10-15")) == "decision-of-the-day"
    assert refused(agreement, by_body=assembly.pk, decision=decided(council, "2026-03-01")) == "decision-of-the-body"
    assert refused(agreement, decision=decided(council, "2026-03-01")) == "decision-of-a-party"
    approve(agreement, by_body=assembly.pk, decision=decided(assembly, "2026-03-01"))


def test_a_decision_about_another_agreement_approves_nothing(body):
    decision = decided(body("Assembly"), "2026-03-01")
    parties = [make.parties(), make.parties()]
    first, second, related = (signed(parties=one) for one in (parties[0], parties[1], parties[0]))
    approve(first, decision=decision, on_behalf_of=str(parties[0][1].organization))

    assert refused(second, decision=decision, on_behalf_of=str(parties[1][1].organization)) == "decision-about-it"
    approve(related, decision=decision, on_behalf_of=str(parties[0][1].organization))


def test_a_step_that_changes_nothing_is_refused_with_the_reason():
    agreement = make.in_force_since("2005-01-01")
    entry = services.AttestationEntry(date="2010-01-01", source="a list")

    with pytest.raises(RuleViolation) as raised:
        steps.attest_status(agreement.pk, entry, by=OFFICE, expected=ANY_VERSION)

    assert raised.value.rule == "step-changes-nothing"
    assert raised.value.detail.startswith(
        "Attestation of a status on 1 January 2010 changes nothing. In force since 1 January 2005."
    )

"""A term is tied to the session and the decision that made it, and both ends tell of it."""

from uuid import uuid4

import pytest

from appointments import services
from appointments.services import AppointmentEntry
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation
from tests.factories import appointments as make
from tests.factories import approvals
from tests.factories.accounts import signed_in
from tests.factories.directory import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision():
    return make.decision("Appointment of the Secretary General", symbol="GA/92/RES/1")


def linked(client, path):
    return [(one["relation"], one["record"]["id"]) for one in client.see(f"{path}/links").json()["results"]]


def test_both_ends_tell_of_the_tie_and_so_do_the_holder_and_the_sheet(decision):
    term = make.appointment(start="2024-11-07", decision=decision.pk)
    viewer = signed_in("viewer")

    [holder] = viewer.see("posts/secretary-general/holder?on=2025-01-01").json()["holders"]
    sheet = viewer.get("/desk/posts/secretary-general").content.decode()
    back = viewer.get(f"/desk/decisions/{decision.reference}").content.decode()

    assert linked(viewer, f"appointments/{term.pk}") == [("appointed_by_decision", str(decision.pk))]
    assert linked(viewer, f"decisions/{decision.pk}") == [("appointed_by_decision", str(term.pk))]
    assert (holder["decision"]["symbol"], holder["decision"]["id"]) == ("GA/92/RES/1", str(decision.pk))
    assert f'href="/desk/decisions/{decision.reference}"' in sheet
    assert "Appoints" in back


def test_a_proposal_carries_the_decision_to_the_term():
    chief, decision = approvals.member("approver"), make.decision()
    officer = approvals.member("officer")
    entry = AppointmentEntry(post=make.post().pk, person=person().pk, start="2024-11-07", decision=decision.pk)

    made = services.record_appointment(entry, by=officer)
    before = services.tied_to([made], "decision", type(decision), actor=OFFICE)
    approvals.approve(approvals.pending(made.pk), by=chief)

    assert before == {}
    assert services.tied_to([made], "decision", type(decision), actor=OFFICE) == {made.pk: decision}


def test_a_tie_is_replaced_and_taken_away_at_once(decision):
    approvals.member("approver")
    officer = approvals.member("officer")
    term = make.appointment(start="2024-11-07", decision=decision.pk)

    def tie(**values):
        patch = Correction(AppointmentEntry, values)
        services.correct_appointment(term.pk, patch, by=officer, expected=ANY_VERSION)
        return services.tied_to([term], "decision", type(decision), actor=OFFICE).get(term.pk)

    other = make.decision("Another one")

    assert tie(decision=other.pk) == other
    assert tie(title="Secretary General") == other
    assert tie(decision=None) is None


def test_a_hidden_decision_is_shown_to_nobody_else(decision):
    hidden = make.decision("Hidden", marking="restricted")
    make.appointment(start="2024-11-07", decision=hidden.pk)

    [holder] = signed_in("viewer").see("posts/secretary-general/holder?on=2025-01-01").json()["holders"]

    assert holder["decision"] is None


@pytest.mark.parametrize("member", ["session", "decision"])
def test_another_kind_of_record_is_no_session_or_decision(member):
    other = make.appointment("Somebody", start="2004-11-07", end="2009-11-07")

    with pytest.raises(InvalidEntry) as refused:
        make.appointment(start="2024-11-07", **{member: other.pk})

    assert refused.value.errors[0][0] == f"/{member}"


@pytest.mark.parametrize("member", ["session", "decision"])
def test_what_does_not_exist_is_refused_when_it_is_proposed(member):
    held = make.appointment("Somebody", start="2020-11-07", expected_end="2025-11-07")
    officer, unknown = approvals.member("officer"), {member: uuid4()}
    entry = AppointmentEntry(post=make.post().pk, person=person().pk, start="2025-11-07", **unknown)
    waits = services.propose_appointment(AppointmentEntry(post=entry.post, person=entry.person), by=officer)
    start = services.StartEntry(appointed="2025-11-05", start="2025-11-07", **unknown)
    longer = services.ExtensionEntry(until="2026-03-01", reason="Until then.", **unknown)
    door = {"by": officer, "expected": ANY_VERSION}

    for work in (
        lambda: services.record_appointment(entry, by=officer),
        lambda: services.approve_proposal(waits.pk, start, **door),
        lambda: services.extend_appointment(held.pk, longer, **door),
    ):
        with pytest.raises(InvalidEntry) as refused:
            work()
        assert refused.value.errors[0][0] == f"/{member}"
    assert not Approval.objects.exists()


def test_the_decision_of_another_body_made_no_term_that_this_one_appointed(decision):
    entry = services.BodyEntry(name="Council", slug="council", organization=decision.body.organization_id)
    council = services.set_up_body(entry, by=OFFICE)

    with pytest.raises(RuleViolation) as refused:
        make.appointment(start="2014-11-07", appointed_by=council.pk, decision=decision.pk)

    assert refused.value.rule == "decision-of-another-body"

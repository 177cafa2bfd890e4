"""Two people: what one proposes another decides, who was there before; the database holds it against everybody."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from engagements import services as engagements
from engagements.models import Engagement
from sgoffice.accounts.models import User
from sgoffice.approvals import actions, services
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.entries import Correction
from sgoffice.records.errors import NotPermitted, RuleViolation
from sgoffice.records.models import Entry, HistoryEntry
from tests.factories import approvals
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db


def correct(record, *, by, **values):
    patch = Correction(engagements.EngagementEntry, values)
    return engagements.correct_engagement(record.pk, patch, by=by, at=make.NOW, expected=ANY_VERSION)


def marking_of(record):
    return Engagement.objects.get(pk=record.pk).marking


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member("officer")


@pytest.fixture
def lowering(officer):
    """A restricted engagement whose author proposes to open it, and corrects its title at the same time."""
    record = make.engagement(by=officer, marking="restricted", title="ZQX talk")
    correct(record, by=officer, marking="internal", title="A talk")
    return record


def test_lowering_waits_and_everything_else_is_stored(lowering, chief):
    assert (marking_of(lowering), Engagement.objects.get(pk=lowering.pk).title) == ("restricted", "A talk")

    approved = approvals.approve(approvals.pending(lowering.pk), by=chief)

    assert (approved.state, marking_of(lowering), Entry.objects.get(pk=lowering.pk).marking) == (
        "approved", "internal", "internal",
    )  # fmt: skip
    last = HistoryEntry.objects.filter(record_id=lowering.pk).latest("pk")
    assert (last.actor, last.verb) == (f"staff:{chief.id}", "lower_marking")
    assert approved.reference in last.reason


@pytest.mark.parametrize("role", ["officer", "approver", "administrator"])
def test_one_person_publishes_nothing_not_even_at_entry(chief, role):
    author = approvals.member(role)
    record = make.engagement(by=author, marking="public")

    assert marking_of(record) == "internal"
    approvals.approve(approvals.pending(record.pk), by=chief)
    assert marking_of(record) == "public"


def test_who_proposes_does_not_approve_and_refuses_nothing(chief):
    record = make.engagement(by=chief, marking="public")
    waiting = approvals.pending(record.pk)

    for decide in (approvals.approve, approvals.refuse):
        with pytest.raises(RuleViolation, match="You proposed this yourself") as refused:
            decide(waiting, by=chief)
        assert refused.value.rule == "second-person"
    assert marking_of(record) == "internal"


def test_a_ghost_who_joined_after_the_proposal_approves_nothing(lowering):
    with pytest.raises(RuleViolation, match="before this was proposed"):
        approvals.approve(approvals.pending(lowering.pk), by=approvals.member("approver"))


@pytest.mark.parametrize("role", ["viewer", "officer", "administrator", "auditor"])
def test_only_an_approver_decides(officer, role):
    other = approvals.member(role)
    record = make.engagement(by=officer, marking="public")

    for decide in (approvals.approve, approvals.refuse):
        with pytest.raises(NotPermitted):
            decide(approvals.pending(record.pk), by=other)


def test_what_changed_since_is_not_opened(lowering, officer, chief):
    correct(lowering, by=officer, summary="What was said")

    with pytest.raises(RuleViolation) as refused:
        approvals.approve(approvals.pending(lowering.pk), by=chief)
    assert refused.value.rule == "proposal-is-stale"
    assert marking_of(lowering) == "restricted"

    correct(lowering, by=officer, marking="internal")  # takes the place of the stale one
    approvals.approve(approvals.pending(lowering.pk), by=chief)
    assert marking_of(lowering) == "internal"


@pytest.fixture
def careless(monkeypatch):
    """An action that looks at no version."""
    monkeypatch.setattr(actions, "_actions", actions.actions())
    actions.carries_out("look_at", "Look at it")(lambda *_: None)
    return "look_at"


def test_what_changed_since_is_not_even_carried_out(careless, officer, chief):
    record = make.engagement(by=officer)
    waiting = services.propose_of_record(careless, record.pk, by=officer, purpose="")
    correct(record, by=officer, summary="What was said")

    with pytest.raises(RuleViolation, match="has changed since"):
        approvals.approve(waiting, by=chief)
    assert approvals.pending(record.pk).state == "proposed"


def test_nobody_proposes_what_is_about_themselves(officer):
    with pytest.raises(RuleViolation, match="This is about yourself"):
        services.propose(services.ProposalEntry(action="give_role", member=UUID(officer.id)), by=officer)


def test_it_is_decided_once(lowering, chief):
    waiting = approvals.pending(lowering.pk)
    refused = approvals.refuse(waiting, by=chief)

    with pytest.raises(RuleViolation, match="This was refused already") as again:
        approvals.approve(waiting, by=chief)
    assert (refused.state, again.value.rule, marking_of(lowering)) == ("refused", "approval-state", "restricted")


def test_only_who_proposed_it_withdraws_it(lowering, officer, chief):
    with pytest.raises(NotPermitted):
        approvals.withdraw(approvals.pending(lowering.pk), by=chief)

    assert approvals.withdraw(approvals.pending(lowering.pk), by=officer).state == "withdrawn"


def test_a_proposal_is_as_hidden_as_its_record(officer, chief):
    other, record = approvals.member("officer"), make.engagement(by=officer, marking="public")
    waiting = approvals.pending(record.pk)
    assert Approval.objects.visible_to(other).filter(pk=waiting.pk).exists()

    correct(record, by=officer, marking="restricted")

    assert not Approval.objects.visible_to(other).filter(pk=waiting.pk).exists()
    assert not Entry.objects.visible_to(other).filter(pk=waiting.pk).exists()
    assert Approval.objects.visible_to(officer).filter(pk=waiting.pk).exists()


def test_readers_are_named_by_author_or_approver_and_are_staff(officer, chief):
    reader, other = approvals.member("officer"), approvals.member("viewer")
    record = make.engagement(by=officer, marking="restricted", readers=(reader.id,))

    with pytest.raises(NotPermitted, match="author or by an approver"):
        correct(record, by=reader, readers=(reader.id, other.id))
    with pytest.raises(RuleViolation) as refused:
        correct(record, by=officer, readers=("nonsense-user",))
    correct(record, by=chief, readers=(other.id,))

    assert (refused.value.rule, Engagement.objects.get(pk=record.pk).readers) == ("readers-are-staff", [other.id])


def by_hand(statement, *parameters):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE approvals_approval SET state = 'refused', decided_by_id = proposed_by_id", "two_people"),
        ("UPDATE approvals_approval SET state = 'approved'", "an approver who was there before"),
        ("UPDATE approvals_approval SET state = 'approved', decided_by_id = '{ghost}'", "an approver who was there"),
        ("UPDATE approvals_approval SET proposed_by_id = '{chief}'", "stays as it was proposed"),
        ("UPDATE approvals_approval SET proposed_at = now() + interval '1 day'", "stays as it was proposed"),
        ("UPDATE approvals_approval SET content = '{{}}'", "stays as it was proposed"),
        ("UPDATE engagements_engagement SET marking = 'internal'", "opened by one person alone"),
        ("UPDATE engagements_engagement SET readers = '[\"nobody\"]'", "a reader who is not staff"),
        ("UPDATE accounts_user SET date_joined = now() - interval '1 day'", "joined the staff on another day"),
    ],
)
def test_raw_sql_does_not_stand_in_for_the_second_person(lowering, chief, statement, constraint):
    ghost = approvals.member("approver")

    with pytest.raises(IntegrityError, match=constraint):
        by_hand(statement.format(chief=chief.id, ghost=ghost.id))
    assert marking_of(lowering) == "restricted"


@pytest.mark.usefixtures("unguarded")
def test_since_when_somebody_is_staff_is_said_by_the_database():
    made = approvals.member("officer")
    User.objects.bulk_create([User(username="backdated", date_joined="2001-01-01T00:00:00Z")])

    assert User.objects.get(username="backdated").date_joined >= User.objects.get(pk=UUID(made.id)).date_joined

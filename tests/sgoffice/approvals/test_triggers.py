"""What the database refuses to one person alone: each clause of its rules, asked by raw SQL as the application."""

import time
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from engagements.models import Engagement
from sgoffice.approvals import services
from sgoffice.partners.models import Release
from sgoffice.records.models import Entry
from tests.factories import approvals, partners
from tests.factories import engagements as make
from tests.factories.accounts import staff
from tests.sgoffice.records.asking import as_owner, ask

pytestmark = pytest.mark.usefixtures("fresh_database")
ALONE = "by one person alone"
OPEN = "UPDATE engagements_engagement SET marking = %s WHERE id = %s"
STATES = {"not decided": "proposed", "refused": "refused"}
TAKE_EFFECT = "UPDATE partners_release SET state = 'approved', approved_by = 'somebody' WHERE id = %s"


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def officer(chief):
    return approvals.member("officer")


@pytest.fixture
def record(officer):
    return make.engagement(by=officer, marking="restricted")


def propose(action, *, by, **values):
    """Return the id of a proposal as a doorway would store it, whatever it asks for."""
    return services.propose(services.ProposalEntry(action=action, **values), by=by).pk


def decide(proposal, state, *, by):
    who = by.id if state in ("approved", "refused") else None
    ask("UPDATE approvals_approval SET state = %s, decided_by_id = %s WHERE id = %s", state, who, proposal)


def in_one_transaction(proposal, state, *statement, by=None, named=True):
    """Decide a proposal and do what it asks for, as a transaction of the application would."""
    with transaction.atomic():
        if state:
            decide(proposal, state, by=by)
        say(approval=proposal if named else "")
        ask(*statement)


def say(**settings):
    for name, value in settings.items():
        ask("SELECT set_config(%s, %s, true)", f"sgoffice.{name}", str(value))


def marking_of(record):
    return Engagement.objects.get(pk=record.pk).marking, Entry.objects.get(pk=record.pk).marking


@pytest.mark.parametrize("marking", ["internal", "public"])
@pytest.mark.parametrize("reference", ["", "SG-2026-NEWONE"])
def test_a_record_without_its_reference_is_opened_by_nobody(record, marking, reference):
    with pytest.raises(IntegrityError, match=f"has no reference|and no reference|{ALONE}"):
        ask("UPDATE engagements_engagement SET reference = %s, marking = %s", reference, marking)

    assert marking_of(record) == ("restricted", "restricted")


def test_a_reference_is_not_dropped_first_and_the_marking_later(record):
    with pytest.raises(IntegrityError, match="has a marking and no reference"):
        ask("UPDATE engagements_engagement SET reference = ''")


def test_an_identity_row_without_a_reference_is_no_way_around_it(record):
    with pytest.raises(IntegrityError, match=ALONE):
        as_owner(f"UPDATE records_entry SET reference = NULL, marking = 'public' WHERE id = '{record.pk}'")

    assert marking_of(record) == ("restricted", "restricted")


@pytest.mark.parametrize(("reference", "refusal"), [("", "and no reference"), ("SG-2026-NEWONE", ALONE)])
def test_a_record_is_not_born_public(record, reference, refusal):
    copy = (
        "INSERT INTO engagements_engagement SELECT (jsonb_populate_record(e, jsonb_build_object("
        "'id', %s::text, 'reference', %s::text, 'marking', 'public', 'origin', 'copy'))).*"
        " FROM engagements_engagement e WHERE id = %s"
    )
    with pytest.raises(IntegrityError, match=refusal):
        ask(copy, uuid4(), reference, record.pk)

    assert Engagement.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", ["not decided", "refused", "not named", "about another record", "for another marking"]
)
def test_no_other_approval_opens_a_record(record, officer, chief, wrong):
    about = make.engagement(by=officer) if wrong == "about another record" else record
    approved = "public" if wrong == "for another marking" else "internal"
    proposal = propose("lower_marking", by=officer, subject=about.pk, content={"marking": approved})

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(
            proposal, STATES.get(wrong, "approved"), OPEN, "internal", record.pk, by=chief, named=wrong != "not named"
        )
    assert marking_of(record) == ("restricted", "restricted")


def test_an_approval_about_nothing_opens_no_record_that_is_there(record, officer, chief):
    proposal = propose("lower_marking", by=officer, content={"marking": "internal"})

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(proposal, "approved", OPEN, "internal", record.pk, by=chief)


def test_the_approval_of_this_transaction_opens_a_record_and_no_later_one(record, officer, chief):
    proposal = propose("lower_marking", by=officer, subject=record.pk, content={"marking": "internal"})
    in_one_transaction(proposal, "approved", OPEN, "internal", record.pk, by=chief)
    ask(OPEN, "restricted", record.pk)

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(proposal, "", OPEN, "internal", record.pk)
    assert marking_of(record) == ("restricted", "restricted")


@pytest.mark.parametrize(
    ("is_open", "actor"),
    [(False, "office:office"), (True, "staff:office"), (True, "")],
    ids=["closed", "staff", "none"],
)
def test_only_the_operator_inside_a_change_opens_a_record_alone(record, is_open, actor):
    with transaction.atomic():
        say(open=record.pk if is_open else uuid4(), actor=actor)
        with pytest.raises(IntegrityError, match=ALONE), transaction.atomic():
            ask(OPEN, "internal", record.pk)


@pytest.fixture
def release(officer, chief):
    """A release that waits; what was proposed about it with it is withdrawn, for the test to propose its own."""
    made = partners.proposal(partners.partner(), make.engagement(by=officer).pk, by=officer)
    approvals.withdraw(approvals.pending(made.pk), by=officer)
    return made


@pytest.mark.parametrize("wrong", ["not decided", "refused", "not named", "about another release", "of another action"])
def test_no_other_approval_makes_a_release_take_effect(release, officer, chief, wrong):
    about = make.engagement(by=officer) if wrong == "about another release" else release
    proposal = propose("lower_marking" if wrong == "of another action" else "release", by=officer, subject=about.pk)

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(
            proposal, STATES.get(wrong, "approved"), TAKE_EFFECT, release.pk, by=chief, named=wrong != "not named"
        )
    assert Release.objects.get(pk=release.pk).state != "approved"


def test_a_release_takes_effect_in_the_transaction_of_its_approval_and_in_no_later_one(release, officer, chief):
    proposal = propose("release", by=officer, subject=release.pk)
    decide(proposal, "approved", by=chief)

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(proposal, "", TAKE_EFFECT, release.pk)

    again = propose("release", by=officer, subject=release.pk)
    in_one_transaction(again, "approved", TAKE_EFFECT, release.pk, by=chief)
    assert Release.objects.get(pk=release.pk).state == "approved"


ROLE = "UPDATE accounts_user SET role = %s WHERE id = %s"


def role_of(user):
    return ask("SELECT role FROM accounts_user WHERE id = %s", user.pk)[0][0]


@pytest.fixture
def administrator(chief):
    return approvals.member("administrator")


@pytest.mark.parametrize(
    "wrong", ["not decided", "refused", "not named", "about somebody else", "for another role", "of another action"]
)
def test_no_other_approval_gives_a_role(administrator, chief, wrong):
    user, other = staff("viewer"), staff("viewer")
    proposal = propose(
        "lower_marking" if wrong == "of another action" else "give_role",
        by=administrator,
        member=(other if wrong == "about somebody else" else user).pk,
        content={"role": "approver" if wrong == "for another role" else "auditor"},
    )

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(
            proposal, STATES.get(wrong, "approved"), ROLE, "auditor", user.pk, by=chief, named=wrong != "not named"
        )
    assert role_of(user) == "viewer"


def test_a_role_is_given_in_the_transaction_of_its_approval_and_in_no_later_one(administrator, chief):
    user = staff("viewer")
    proposal = propose("give_role", by=administrator, member=user.pk, content={"role": "auditor"})
    in_one_transaction(proposal, "approved", ROLE, "auditor", user.pk, by=chief)
    ask(ROLE, "viewer", user.pk)

    with pytest.raises(IntegrityError, match=ALONE):
        in_one_transaction(proposal, "", ROLE, "auditor", user.pk)
    assert role_of(user) == "viewer"


def name_alone(user, role, *, actor="office:office", is_open=True, held=0.0):
    """Give somebody a role as the operator of the server, by raw SQL; they come back if they were sent away.

    It is committed `held` seconds later.
    """
    with transaction.atomic():
        say(open=user.pk if is_open else "", actor=actor, verb="name", reason="")
        ask("UPDATE accounts_user SET role = %s, is_active = true WHERE id = %s", role, user.pk)
        time.sleep(held)
    return role_of(user)


def send_away(user, role, *, is_example=False):
    sent = "UPDATE accounts_user SET is_active = false, role = %s, is_example = %s WHERE id = %s"
    ask(sent, role, is_example, user.pk)


@pytest.mark.parametrize(("actor", "is_open"), [("staff:office", True), ("", True), ("office:office", False)])
def test_only_the_operator_names_who_is_missing(actor, is_open):
    user = staff("viewer")

    with pytest.raises(IntegrityError, match=ALONE):
        name_alone(user, "administrator", actor=actor, is_open=is_open)
    assert name_alone(user, "administrator") == "administrator"


@pytest.mark.parametrize(("role", "most"), [("administrator", 1), ("approver", 2), ("auditor", 0)])
def test_the_operator_names_as_many_as_are_missing(role, most):
    for _ in range(most):
        assert name_alone(staff("viewer"), role) == role

    with pytest.raises(IntegrityError, match=ALONE):
        name_alone(staff("viewer"), role)


@pytest.mark.parametrize("role", ["administrator", "approver"])
@pytest.mark.parametrize("is_example", [True, False])
def test_who_does_not_work_does_not_count(role, is_example):
    for _ in range(2):
        send_away(staff("viewer"), role, is_example=is_example)

    assert name_alone(staff("viewer"), role) == role


def test_examples_do_not_count():
    example = staff("viewer")
    send_away(example, "administrator", is_example=True)
    assert name_alone(example, "administrator") == "administrator"

    assert name_alone(staff("viewer"), "administrator") == "administrator"


def test_who_comes_back_is_not_counted_against_it():
    users = [staff("viewer") for _ in range(2)]
    name_alone(users[0], "administrator")
    assert name_alone(users[0], "administrator") == "administrator"

    name_alone(users[1], "approver")
    send_away(users[1], "approver")
    assert name_alone(users[1], "approver") == "approver"


def test_the_made_up_are_named_only_where_there_is_nobody_else():
    first, second = staff("viewer"), staff("viewer")
    for user in (first, second):
        send_away(user, "auditor", is_example=True)
    assert name_alone(first, "auditor") == "auditor"
    staff("viewer")

    with pytest.raises(IntegrityError, match=ALONE):
        name_alone(second, "auditor")


def test_two_commands_at_once_name_one_administrator(in_threads):
    users = [staff("viewer") for _ in range(4)]

    results = in_threads(4, lambda number: name_alone(users[number], "administrator", held=0.3))

    assert results.count("administrator") == 1
    assert sum(isinstance(result, IntegrityError) for result in results) == 3

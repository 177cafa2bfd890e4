"""Roles that open what is restricted, or rule over others, are given by two people; nobody changes their own."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import User
from sgoffice.approvals.models import Approval
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from tests.factories import approvals
from tests.factories import engagements as make
from tests.factories.accounts import approve_role, signed_in, staff

pytestmark = pytest.mark.django_db
GUARDED = ("approver", "auditor", "administrator")


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def administrator(chief):
    return approvals.member("administrator")


def role_of(user):
    return User.objects.get(pk=user.pk).role


def assign(user, role, *, by):
    return services.assign_role(user.pk, role, by=by, at=timezone.now())


@pytest.mark.parametrize("role", GUARDED)
def test_an_administrator_proposes_and_an_approver_gives_it(administrator, chief, role):
    user = staff("viewer")
    assign(user, role, by=administrator)
    assert role_of(user) == "viewer"

    approve_role(user, by=chief)

    assert role_of(user) == role


@pytest.mark.parametrize("role", GUARDED)
def test_who_is_invited_for_such_a_role_is_a_viewer_until_then(administrator, role):
    made = services.invite_staff(services.StaffEntry(username="ghost", role=role), by=administrator)

    assert role_of(made) == "viewer"
    assert Approval.objects.pending().get(member=made).content["role"] == role


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_nobody_changes_their_own_role(administrator, role):
    staff("administrator")
    user = User.objects.get(pk=administrator.id)

    with pytest.raises(RuleViolation, match="This is about yourself") as refused:
        assign(user, role, by=administrator)
    assert (refused.value.rule, role_of(user)) == ("not-about-oneself", "administrator")


def test_nobody_approves_what_is_about_themselves(administrator, chief):
    assign(User.objects.get(pk=chief.id), "auditor", by=administrator)

    with pytest.raises(RuleViolation, match="This is about yourself") as refused:
        approve_role(User.objects.get(pk=chief.id), by=chief)
    assert refused.value.rule == "not-about-oneself"


def test_who_was_sent_away_with_such_a_role_comes_back_by_two(administrator, chief):
    user = staff("auditor")
    services.set_active(user.pk, is_active=False, by=administrator, at=timezone.now())

    services.set_active(user.pk, is_active=True, by=administrator, at=timezone.now())
    assert not User.objects.get(pk=user.pk).is_active

    approve_role(user, by=chief)
    assert User.objects.get(pk=user.pk).is_active


def test_a_role_that_changed_since_is_not_given(administrator, chief):
    user = staff("viewer")
    assign(user, "approver", by=administrator)
    assign(user, "officer", by=administrator)

    with pytest.raises(RuleViolation) as refused:
        approve_role(user, by=chief)
    assert (refused.value.rule, role_of(user)) == ("proposal-is-stale", "officer")


def test_another_proposal_takes_the_place_of_the_one_that_waits(administrator, chief):
    user = staff("viewer")
    assign(user, "administrator", by=administrator)
    assign(user, "auditor", by=administrator)

    approve_role(user, by=chief)

    assert role_of(user) == "auditor"
    assert sorted(Approval.objects.filter(member=user).values_list("state", flat=True)) == ["approved", "withdrawn"]


def test_who_was_sent_away_meanwhile_does_not_come_back_with_the_role(administrator, chief):
    user = staff("viewer")
    assign(user, "approver", by=administrator)
    services.set_active(user.pk, is_active=False, by=administrator, at=timezone.now())

    approve_role(user, by=chief)

    assert not User.objects.get(pk=user.pk).is_active


def test_what_came_with_the_role_before_ends_when_another_is_given(administrator, chief):
    user = staff("officer")
    record = make.engagement(by=chief, marking="restricted", readers=(str(user.pk),))
    services.issue_token(user, name="laptop", at=timezone.now())
    assign(user, "administrator", by=administrator)
    assert user.tokens.filter(revoked_at=None).exists(), "nothing ends before it is approved"

    approve_role(user, by=chief)

    record.refresh_from_db()
    assert (user.tokens.filter(revoked_at=None).count(), record.readers) == (0, [])


@pytest.mark.parametrize("role", GUARDED)
def test_the_operator_of_the_server_names_nobody_beside_those_who_are_missing(administrator, chief, role):
    staff("approver")

    with pytest.raises(RuleViolation) as refused:
        services.invite_staff(services.StaffEntry(username="ghost", role=role), by=OFFICE)
    assert (refused.value.rule, User.objects.filter(username="ghost").exists()) == ("second-person", False)


def test_examples_try_it_too():
    services.ensure_examples()
    boss, _, chief = (User.objects.get(username=role) for role in ("administrator", "officer", "approver"))
    user = staff("viewer")

    assign(user, "auditor", by=boss.as_actor())
    approve_role(user, by=chief.as_actor())

    assert role_of(user) == "auditor"


def test_a_token_of_an_administrator_never_reads_what_is_restricted_by_one_click(administrator, chief):
    client = signed_in("administrator")
    page = f"/admin/accounts/user/{client.user.pk}/change/"

    client.post(page, {"role": "approver", "is_active": "on"})

    assert role_of(client.user) == "administrator"


def by_hand(statement, **settings):
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"SELECT set_config('sgoffice.{name}', %s, true)", [str(value)])
        cursor.execute(statement)


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_raw_sql_in_the_own_name_changes_no_role(administrator, role):
    statement = f"UPDATE accounts_user SET role = '{role}' WHERE id = '{administrator.id}'"

    with pytest.raises(IntegrityError, match="changes the own role"):
        by_hand(statement, open=administrator.id, actor=f"staff:{administrator.id}", verb="assign_role")


def test_an_example_becomes_nobody_else():
    services.ensure_examples()
    for _ in range(2):
        staff("approver")

    with pytest.raises(IntegrityError, match="by one person alone"):
        by_hand("UPDATE accounts_user SET is_example = false WHERE username = 'approver'")


def test_an_approval_of_one_role_gives_no_other_and_nobody_else(administrator, chief):
    user, other = staff("viewer"), staff("viewer")
    assign(user, "auditor", by=administrator)
    waiting = Approval.objects.pending().get(member=user)
    approve_role(user, by=chief)

    for who, role in ((user, "approver"), (other, "auditor")):
        with pytest.raises(IntegrityError, match="by one person alone"):
            by_hand(f"UPDATE accounts_user SET role = '{role}' WHERE id = '{who.pk}'", approval=waiting.pk)


@pytest.mark.parametrize("role", GUARDED)
@pytest.mark.parametrize("is_known", [True, False])
def test_raw_sql_gives_no_such_role(administrator, chief, role, is_known):
    user = staff("viewer")
    statement = f"UPDATE accounts_user SET role = '{role}' WHERE id = '{user.pk}'"
    if not is_known:
        statement = (
            "INSERT INTO accounts_user (id, username, password, first_name, last_name, email, is_superuser, is_staff,"
            " is_active, date_joined, role, display_name, language, time_zone) VALUES (gen_random_uuid(), 'ghost', '',"
            f" '', '', '', false, true, true, now(), '{role}', '', 'en', 'UTC')"
        )

    with pytest.raises(IntegrityError, match="by one person alone"):
        by_hand(statement)
    assert role_of(user) == "viewer"

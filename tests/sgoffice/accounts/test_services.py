"""Staff, roles and tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken, User
from sgoffice.records.actors import ANONYMOUS, OFFICE
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation

pytestmark = pytest.mark.django_db


def invite(**values):
    return services.invite_staff(services.StaffEntry(**{"username": "anna", "role": "officer"} | values), by=OFFICE)


def test_invited_staff_have_the_permissions_of_their_role():
    user = invite(role="approver")

    assert user.as_actor().permissions == {"read", "write", "approve"}


def test_invite_is_refused_without_the_permission():
    with pytest.raises(NotPermitted):
        services.invite_staff(services.StaffEntry(username="anna"), by=ANONYMOUS)


def test_invite_names_the_field_that_is_wrong():
    invite()

    with pytest.raises(InvalidEntry) as refusal:
        invite()

    assert refusal.value.errors[0][0] == "/username"


def test_the_last_administrator_keeps_the_role():
    administrator = invite(role="administrator")

    with pytest.raises(RuleViolation) as refusal:
        services.assign_role(administrator.pk, "viewer", by=OFFICE, at=timezone.now())

    assert refusal.value.rule == "last-administrator"


def test_examples_are_added_to_an_empty_register_only():
    examples = services.ensure_examples()

    assert [example.username for example in examples] == ["administrator", "officer", "approver"]
    assert all("(example)" in user.display_name and user.is_example for user in User.objects.all())
    assert services.ensure_examples() == []


def test_first_staff_are_an_administrator_and_two_approvers_beside_any_examples():
    services.ensure_examples()

    named = services.name_first_staff("amina", ["bo", "chen"], at=timezone.now())

    assert [(user.username, user.role) for user in named] == [
        ("amina", "administrator"), ("bo", "approver"), ("chen", "approver"),
    ]  # fmt: skip


@pytest.mark.parametrize(("administrator", "approvers"), [("dina", []), ("", ["dina"])])
def test_first_staff_are_named_only_where_they_are_missing(administrator, approvers):
    services.name_first_staff("amina", ["bo", "chen"], at=timezone.now())

    with pytest.raises(RuleViolation) as refusal:
        services.name_first_staff(administrator, approvers, at=timezone.now())
    services.set_active(User.objects.get(username="chen").pk, is_active=False, by=OFFICE, at=timezone.now())
    [named] = services.name_first_staff("", ["chen"], at=timezone.now())

    assert refusal.value.rule == "first-staff"
    assert (named.username, named.is_active) == ("chen", True)


@pytest.mark.parametrize(
    ("administrator", "approvers"),
    [("", [""]), ("amina", ["bo", " "]), ("", ["bo", "bo"]), ("amina", ["amina"]), ("", ["bo", "BO"]), ("a\0b", [])],
)
def test_first_staff_have_names_and_are_different_people(administrator, approvers):
    with pytest.raises(InvalidEntry) as refused:
        services.name_first_staff(administrator, approvers, at=timezone.now())

    assert refused.value.errors[0][0] == "/username"
    assert not User.objects.exists()


def test_the_last_administrator_is_not_named_an_approver():
    services.name_first_staff("amina", [], at=timezone.now())

    with pytest.raises(RuleViolation) as refused:
        services.name_first_staff("", ["amina"], at=timezone.now())

    assert (refused.value.rule, User.objects.get().role) == ("last-administrator", "administrator")


@pytest.mark.parametrize("name", ["", " ", "a b", "a\0b", "a\u202eb", "a" * 151])
def test_a_member_of_staff_has_a_user_name(name):
    with pytest.raises(InvalidEntry) as refused:
        invite(username=name)

    assert refused.value.errors[0][0] == "/username"


def test_token_is_kept_as_a_digest_only():
    token = services.issue_token(invite(), name="laptop", at=timezone.now())

    row = AccessToken.objects.get()
    assert token.encode() not in bytes(row.digest)
    assert bytes(row.digest) == services.digest_of(token)


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(days=400)])
def test_token_lives_for_a_year_at_most(lifetime):
    with pytest.raises(InvalidEntry):
        services.issue_token(invite(), name="laptop", at=timezone.now(), lifetime=lifetime)

"""Staff, roles and tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken
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
    services.ensure_first_administrator()
    administrator = AccessToken._meta.get_field("user").related_model.objects.get(username="administrator")

    with pytest.raises(RuleViolation) as refusal:
        services.assign_role(administrator.pk, "viewer", by=OFFICE)

    assert refusal.value.rule == "last-administrator"


def test_first_administrator_is_made_once():
    first = services.ensure_first_administrator()

    assert first is not None
    assert services.ensure_first_administrator() is None


def test_token_is_kept_as_a_digest_only():
    token = services.issue_token(invite(), name="laptop", at=timezone.now())

    row = AccessToken.objects.get()
    assert token.encode() not in bytes(row.digest)
    assert bytes(row.digest) == services.digest_of(token)


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(days=400)])
def test_token_lives_for_a_year_at_most(lifetime):
    with pytest.raises(InvalidEntry):
        services.issue_token(invite(), name="laptop", at=timezone.now(), lifetime=lifetime)

"""Staff in the admin: by the services, and for administrators alone."""

import pytest
from django.urls import reverse

from sgoffice.accounts.models import User
from tests.factories.accounts import signed_in, staff
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
ADD = reverse("admin:accounts_user_add")
SECRET = "a long enough sentence"


def page_of(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


@pytest.fixture
def administrator():
    return signed_in("administrator")


def test_an_administrator_invites_somebody_who_can_sign_in(administrator, client):
    data = sent_by(administrator.get(ADD), username="amina", role="officer", password=SECRET, display_name="Amina")

    answer = administrator.post(ADD, data)

    assert answer.status_code == 302, answer.context["errors"]
    made = User.objects.get(username="amina")
    assert (made.role, made.display_name, made.is_staff) == ("officer", "Amina", True)
    assert client.login(username="amina", password=SECRET)


def test_a_weak_password_is_refused_at_its_field(administrator):
    data = sent_by(administrator.get(ADD), username="amina", role="officer", password="short")

    answer = administrator.post(ADD, data)

    assert answer.status_code == 200
    assert "password" in answer.context["adminform"].form.errors
    assert not User.objects.filter(username="amina").exists()


def test_a_role_is_changed_and_somebody_is_sent_away(administrator):
    user = staff("viewer")

    administrator.post(page_of(user), sent_by(administrator.get(page_of(user)), role="approver"))
    data = sent_by(administrator.get(page_of(user)))
    data.pop("is_active")
    administrator.post(page_of(user), data)

    user.refresh_from_db()
    assert (user.role, user.is_active) == ("approver", False)


def test_the_last_administrator_stays_one(administrator):
    page = page_of(administrator.user)

    answer = administrator.post(page, sent_by(administrator.get(page), role="viewer"))

    assert answer.status_code == 200
    administrator.user.refresh_from_db()
    assert administrator.user.role == "administrator"


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_nobody_else_sees_staff_in_the_admin(role):
    client = signed_in(role)

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"username": "mallory", "role": "administrator", "password": SECRET}).status_code == 403
    assert not User.objects.filter(username="mallory").exists()

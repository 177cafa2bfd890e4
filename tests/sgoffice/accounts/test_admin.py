"""Staff in the admin: by the services, and for administrators alone."""

import pytest
from django.urls import reverse

from sgoffice.accounts.models import User
from tests.factories.accounts import PASSWORD, signed_in, staff, with_password
from tests.forms import sent_by

pytestmark = pytest.mark.django_db
ADD = reverse("admin:accounts_user_add")


def page_of(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


@pytest.fixture
def administrator():
    return signed_in("administrator")


def test_an_administrator_invites_somebody_who_chooses_a_password(administrator, client):
    page = administrator.get(ADD)
    data = sent_by(page, username="amina", role="officer", display_name="Amina", password=PASSWORD)

    answer = administrator.post(ADD, data)

    assert answer.status_code == 302, answer.context["errors"]
    made = User.objects.get(username="amina")
    assert (made.role, made.display_name, made.is_staff) == ("officer", "Amina", True)
    assert b'type="password"' not in page.content
    assert not client.login(username="amina", password=PASSWORD)
    with_password(made)
    assert client.login(username="amina", password=PASSWORD)


def test_a_role_is_changed_and_somebody_is_sent_away(administrator):
    user = staff("viewer")

    administrator.post(page_of(user), sent_by(administrator.get(page_of(user)), role="approver"))
    data = sent_by(administrator.get(page_of(user)))
    data.pop("is_active")
    administrator.post(page_of(user), data)

    user.refresh_from_db()
    assert (user.role, user.is_active) == ("approver", False)


def test_an_administrator_ends_a_password(administrator, client):
    user = with_password(staff())
    page = page_of(user)

    administrator.post(page, sent_by(administrator.get(page), display_name="x"))
    assert client.login(username=user.username, password=PASSWORD)
    answer = administrator.post(page, sent_by(administrator.get(page), ends_password="on"))

    assert answer.status_code == 302
    assert not client.login(username=user.username, password=PASSWORD)


def test_the_last_administrator_stays_one(administrator):
    page = page_of(administrator.user)

    answer = administrator.post(page, sent_by(administrator.get(page), role="viewer"))

    assert answer.status_code == 200
    administrator.user.refresh_from_db()
    assert administrator.user.role == "administrator"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_signing_in_never_leads_elsewhere(client, address):
    user = with_password(staff())

    answer = client.post(
        "/admin/login/", {"username": user.username, "password": PASSWORD, "next": address}, QUERY_STRING=""
    )

    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_nobody_else_sees_staff_in_the_admin(role):
    client = signed_in(role)

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 403
    assert client.get(ADD).status_code == 403
    assert client.post(ADD, {"username": "mallory", "role": "administrator", "password": PASSWORD}).status_code == 403
    assert not User.objects.filter(username="mallory").exists()

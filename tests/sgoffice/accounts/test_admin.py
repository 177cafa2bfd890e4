"""Staff in the admin: by the services, and for administrators alone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sgoffice import history
from sgoffice.accounts import services
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

    administrator.post(page_of(user), sent_by(administrator.get(page_of(user)), role="officer"))
    data = sent_by(administrator.get(page_of(user)))
    data.pop("is_active")
    administrator.post(page_of(user), data)

    user.refresh_from_db()
    assert (user.role, user.is_active) == ("officer", False)


def test_a_role_that_two_people_give_waits_and_nobody_changes_their_own(administrator):
    user, own = staff("viewer"), administrator.user

    said = administrator.post(
        page_of(user), sent_by(administrator.get(page_of(user)), role="approver"), follow=True
    ).content.decode()
    administrator.post(page_of(own), sent_by(administrator.get(page_of(own)), role="approver"))

    assert "waits for a second person" in said
    assert [User.objects.get(pk=one.pk).role for one in (user, own)] == ["viewer", "administrator"]


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


@pytest.mark.parametrize("kind", ["accesstoken", "calendarlink"])
def test_an_administrator_lists_and_revokes_what_others_sign_in_by_without_seeing_it(administrator, kind):
    user = staff()
    issue = services.issue_token if kind == "accesstoken" else services.issue_calendar_link
    secret = issue(user, name="Laptop of the unit", at=timezone.now())
    row = (user.tokens if kind == "accesstoken" else user.calendar_links).get()
    page = reverse(f"admin:accounts_{kind}_changelist")

    shown = administrator.get(page)
    one = administrator.get(reverse(f"admin:accounts_{kind}_change", args=[row.pk]))
    administrator.post(page, {"action": "revoke", "_selected_action": [str(row.pk)]})

    for answer in (shown, one):
        assert "Laptop of the unit" in answer.content.decode()
        assert secret not in answer.content.decode()
        assert services.digest_of(secret).hex() not in answer.content.decode()
    row.refresh_from_db()
    assert row.revoked_at is not None
    assert history.of_subject(user.pk)[0].actor == str(administrator.user.as_actor())
    assert signed_in("approver").get(page).status_code == 403

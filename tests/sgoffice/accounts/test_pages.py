"""Passwords are chosen by the person alone, through a link that works once."""

from datetime import timedelta
from io import StringIO
from pathlib import PurePosixPath

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from sgoffice import settings
from sgoffice.accounts import services
from sgoffice.accounts.models import PasswordLink
from sgoffice.api.models import Guess
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation
from sgoffice.records.models import TraceItem
from tests.factories.accounts import PASSWORD, Register, signed_in, staff, with_password

pytestmark = pytest.mark.django_db
OTHER = "eleven purple kettles"


def link(user, at=None):
    return services.issue_password_link(user.pk, by=OFFICE, at=at or timezone.now())


def twice(password, **more):
    return {"password": password, "again": password, **more}


def test_passwords_are_hashed_with_argon2id():
    with override_settings(PASSWORD_HASHERS=settings.security.PASSWORD_HASHERS):
        made = make_password(PASSWORD)
        assert made.startswith("argon2$argon2id$")
        assert identify_hasher("scrypt$16384$x$8$5$y").algorithm == "scrypt"


def test_link_works_once(client):
    user = staff()
    page = reverse("choose-password", args=[link(user)])

    shown = client.get(page)
    answer = client.post(page, twice(PASSWORD))
    again = client.post(page, twice(OTHER))

    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:login"))
    assert again.status_code == 404
    assert client.login(username=user.username, password=PASSWORD)


def test_link_is_kept_as_a_digest_only():
    secret = link(staff())

    assert bytes(PasswordLink.objects.get().digest) == services.digest_of(secret)


@pytest.mark.parametrize("ended", ["another link", "three days", "inactive", "invented"])
def test_link_that_ended_answers_like_one_that_never_was(client, ended):
    user = staff()
    secret = link(user, timezone.now() - timedelta(days=3, seconds=1) if ended == "three days" else None)
    if ended == "another link":
        link(user)
    if ended == "inactive":
        services.set_active(user.pk, is_active=False, by=OFFICE, at=timezone.now())
    page = reverse("choose-password", args=[secret if ended != "invented" else "x" * 43])

    assert client.get(page).status_code == 404
    with pytest.raises(RuleViolation):
        services.choose_password(PurePosixPath(page).name, PASSWORD, at=timezone.now())


@pytest.mark.parametrize("change", [{"password": "Interpol2026!", "again": "Interpol2026!"}, {"again": "another one"}])
def test_refused_password_is_said_at_its_field_and_the_link_stays(client, change):
    page = reverse("choose-password", args=[link(staff())])

    answer = client.post(page, twice(PASSWORD) | change)

    assert answer.status_code == 200
    assert set(answer.context["form"].errors) <= {"password", "again"} != set()
    assert client.post(page, twice(PASSWORD)).status_code == 302


def test_nobody_but_an_administrator_issues_a_link():
    user = staff()

    for role in ("viewer", "officer", "approver", "auditor"):
        with pytest.raises(NotPermitted):
            services.issue_password_link(user.pk, by=staff(role).as_actor(), at=timezone.now())


def test_own_password_is_changed_with_the_current_one_and_other_sign_ins_end():
    user = with_password(staff())
    here, elsewhere = Register(user), Register(user)
    page = reverse("change-password")

    wrong = here.post(page, twice(OTHER, current="not the current one"))
    answer = here.post(page, twice(OTHER, current=PASSWORD))

    assert set(wrong.context["form"].errors) == {"current"}
    assert answer.status_code == 302
    assert here.see("me").status_code == 200
    assert elsewhere.see("me").status_code == 401


def test_guesses_at_the_current_password_wait_and_leave_a_trace():
    user = with_password(staff())
    here = Register(user)
    page = reverse("change-password")

    weak = [here.post(page, twice("Interpol2026!", current=PASSWORD)).status_code for _ in range(12)]
    guesses = [here.post(page, twice(OTHER, current=f"wrong {number}")).status_code for number in range(11)]
    waits = Guess.objects.filter(waits_until__gt=F("counted_at"))
    assert waits.update(waits_until=timezone.now() + timedelta(minutes=5)) == 1, "the eleventh begins a wait"
    right = here.post(page, twice(OTHER, current=PASSWORD))

    assert set(weak) == {200}, "the current password was right: no guess"
    assert set(guesses) == {200}
    assert right.status_code == 429
    assert int(right["Retry-After"]) >= 1
    assert TraceItem.objects.filter(act="sign_in_refused", actor=str(user.as_actor())).count() == 11
    Guess.objects.update(waits_until=timezone.now() - timedelta(seconds=1))
    assert here.post(page, twice(OTHER, current=PASSWORD)).status_code == 302


def test_the_same_password_again_is_refused():
    user = with_password(staff())

    with pytest.raises(InvalidEntry):
        services.change_password(user, current=PASSWORD, password=PASSWORD, at=timezone.now())


def test_the_admins_own_page_leads_to_ours():
    answer = signed_in().get("/admin/password_change/")

    assert (answer.status_code, answer["Location"]) == (302, reverse("change-password"))


def test_ended_password_signs_nobody_in(client):
    user = with_password(staff())
    here = Register(user)

    services.end_password(user.pk, by=OFFICE, at=timezone.now())

    assert here.see("me").status_code == 401
    assert not client.login(username=user.username, password=PASSWORD)


def test_command_prints_a_link_that_works(client):
    user, said = staff(), StringIO()

    call_command("password_link", user.username, address="https://register.example/", stdout=said)

    address = said.getvalue().strip()
    assert address.startswith("https://register.example/password/")
    assert client.get(address.removeprefix("https://register.example")).status_code == 200
    with pytest.raises(CommandError, match="There is no user nobody"):
        call_command("password_link", "nobody")


def test_first_staff_get_a_link_each():
    said = StringIO()

    call_command("first_staff", administrator="amina", approver=["bo", "chen"], stdout=said)

    lines = said.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines] == ["administrator amina", "approver bo", "approver chen"]
    assert all("/password/" in line for line in lines)
    with pytest.raises(CommandError, match="can sign in"):
        call_command("first_staff", administrator="dina")
    with pytest.raises(CommandError, match="Say whom"):
        call_command("first_staff")

"""Every change of staff and of what they sign in by is in history, without secrets; what ends stays ended."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from engagements.models import Engagement
from sgoffice import history
from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import WriteOutsideChange
from sgoffice.records.models import Entry, HistoryPayload
from tests.factories import engagements as make
from tests.factories.accounts import PASSWORD, Register, signed_in, staff, with_password

pytestmark = pytest.mark.django_db
OTHER = "eleven purple kettles"


def verbs(user):
    return [item.verb for item in reversed(history.of_subject(user.pk))]


def bearer(token):
    return Register(headers={"Authorization": f"Bearer {token}"})


def set_up(user):
    """Return doors by which somebody comes in without a password: a token, a calendar, an open sign-in."""
    token = services.issue_token(user, name="script", at=timezone.now())
    secret = services.issue_calendar_link(user, name="phone", at=timezone.now())
    calendar = f"/calendars/{secret}.ics"
    return [(bearer(token), "/api/v1/me"), (Register(), calendar), (Register(user), "/api/v1/me")]


def opened(doors):
    return [client.get(path).status_code == 200 for client, path in doors]


ENDINGS = {
    "end_password": lambda user: services.end_password(user.pk, by=OFFICE, at=timezone.now()),
    "choose_password": with_password,
    "change_password": lambda user: services.change_password(user, current=PASSWORD, password=OTHER, at=timezone.now()),
    "assign_role": lambda user: services.assign_role(user.pk, "viewer", by=OFFICE, at=timezone.now()),
    "deactivate": lambda user: services.set_active(user.pk, is_active=False, by=OFFICE, at=timezone.now()),
    "name_first_staff": lambda user: services.name_first_staff("", [user.username], at=timezone.now()),
}


@pytest.mark.parametrize("verb", ENDINGS)
def test_what_ends_a_sign_in_ends_all_and_nothing_brings_them_back(verb):
    user = with_password(staff())
    doors = set_up(user)
    assert opened(doors) == [True, True, True]

    ENDINGS[verb](user)
    services.set_active(user.pk, is_active=False, by=OFFICE, at=timezone.now())
    services.set_active(user.pk, is_active=True, by=OFFICE, at=timezone.now())

    assert opened(doors) == [False, False, False]
    assert verb in verbs(user)


@pytest.mark.parametrize("verb", ENDINGS)
def test_they_end_at_once(verb):
    user = with_password(staff())
    doors = set_up(user)

    ENDINGS[verb](user)

    assert opened(doors) == [False, False, False]


def test_what_changes_nothing_ends_nothing():
    user = staff()
    doors = set_up(user)

    services.assign_role(user.pk, user.role, by=OFFICE, at=timezone.now())
    services.set_active(user.pk, is_active=True, by=OFFICE, at=timezone.now())

    assert opened(doors) == [True, True, True]


def test_every_act_has_its_verb_and_its_actor():
    administrator, user = staff("administrator"), staff()
    by, now = administrator.as_actor(), timezone.now()
    services.issue_password_link(user.pk, by=by, at=now)
    token = services.issue_token(user, name="script", at=now)
    services.issue_calendar_link(user, name="phone", at=now)
    bearer(token).see("me")
    services.revoke_token(AccessToken.objects.get().pk, of=user, by=by, at=now)
    services.revoke_calendar_link(CalendarLink.objects.get().pk, of=user, by=by, at=now)
    services.assign_role(user.pk, "viewer", by=by, at=now)

    assert list(dict.fromkeys(verbs(user))) == [
        "invite", "issue_password_link", "issue_token", "issue_calendar_link", "revoke_token", "revoke_calendar_link",
        "assign_role",
    ]  # fmt: skip
    [role, _] = history.of_subject(user.pk, limit=2)
    assert (role.actor, role.changes["role"]) == (str(by), ["officer", "viewer"])


def test_history_holds_no_secret():
    user = with_password(staff())
    secrets = [
        services.issue_token(user, name="script", at=timezone.now()),
        services.issue_calendar_link(user, name="phone", at=timezone.now()),
        services.issue_password_link(user.pk, by=OFFICE, at=timezone.now()),
    ]
    stored = [User.objects.get(pk=user.pk).password, *(services.digest_of(secret).hex() for secret in secrets)]

    rows = HistoryPayload.objects.filter(entry__record_id=user.pk)
    kept = json.dumps([[row.old, row.new] for row in rows])

    assert [text for text in (*secrets, *stored, PASSWORD) if text in kept] == []
    assert history.of_subject(user.pk)


def test_a_write_beside_the_services_is_refused_or_recorded_as_out_of_band():
    user = staff()

    with pytest.raises(WriteOutsideChange):
        User.objects.filter(pk=user.pk).update(role="administrator")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET role = 'viewer' WHERE id = %s", [user.pk])

    assert verbs(user) == ["invite", "out_of_band"]


def test_staff_are_never_deleted_and_are_no_records():
    user = staff()

    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [user.pk])
    assert not Entry.objects.filter(pk=user.pk).exists()


def test_a_token_that_only_reads_writes_nothing():
    token = services.issue_token(staff(), name="export", scope="read", at=timezone.now())

    reads, writes = bearer(token).see("people"), bearer(token).enter("people", {"name": "Ada Lovelace"})

    assert (reads.status_code, writes.status_code) == (200, 403)
    assert "only reads" in writes.json()["detail"]


def test_an_author_who_no_longer_enters_records_reads_theirs_no_longer():
    officer = signed_in("officer")
    made = officer.enter("engagements", {
        "title": "Behind closed doors", "kind": "other", "status": "tentative", "held": "2027-10-01",
        "marking": "restricted",
    })  # fmt: skip
    path = f"engagements/{made.json()['id']}"
    assert officer.see(path).status_code == 200

    services.assign_role(officer.user.pk, "viewer", by=OFFICE, at=timezone.now())
    officer.user.refresh_from_db()
    again = Register(officer.user)

    assert again.see(path).status_code == 404
    assert again.see(f"{path}/history").status_code == 404
    assert again.see("engagements").json()["results"] == []


def test_whoever_leaves_does_not_come_back_as_a_reader_with_a_record_that_is_unmerged():
    chief, reader = staff("approver").as_actor(), staff("officer")
    hidden = {"marking": "restricted", "readers": (str(reader.pk),), "allow_duplicate": True}
    one, other = (make.engagement(by=chief, **hidden) for _ in range(2))
    merging.merge(Engagement, one.pk, other=other.pk, by=chief, expected=ANY_VERSION, reason="One")
    assert len(services.readerships_of(reader.pk)) == 2

    services.assign_role(reader.pk, "viewer", by=OFFICE, at=timezone.now())

    assert services.readerships_of(reader.pk) == []
    merging.unmerge(Engagement, one.pk, other=other.pk, by=chief, expected=ANY_VERSION, reason="Two")
    again = Register(User.objects.get(pk=reader.pk))
    assert [again.see(f"engagements/{key.pk}").status_code for key in (one, other)] == [404, 404]


@pytest.mark.parametrize("leaves", ["role", "account"])
def test_whoever_leaves_reads_no_longer_what_they_were_named_for(leaves):
    author, reader, other = signed_in("officer"), staff("officer"), staff("viewer")
    made = author.enter("engagements", {
        "title": "Behind closed doors", "kind": "other", "status": "tentative", "held": "2027-10-01",
        "marking": "restricted", "readers": [str(reader.pk), str(other.pk)],
    }).json()  # fmt: skip
    path, administrator, said = f"engagements/{made['id']}", staff("administrator").as_actor(), StringIO()
    assert Register(reader).see(path).status_code == 200
    call_command("readerships", reader.username, stdout=said)

    if leaves == "role":
        services.assign_role(reader.pk, "viewer", by=administrator, at=timezone.now())
    else:
        services.set_active(reader.pk, is_active=False, by=administrator, at=timezone.now())
        services.set_active(reader.pk, is_active=True, by=administrator, at=timezone.now())

    assert said.getvalue() == f"{reader.username} engagement {made['reference']}\n"
    assert Register(User.objects.get(pk=reader.pk)).see(path).status_code == 404
    assert Register(other).see(path).status_code == 200
    assert services.readerships_of(reader.pk) == []
    assert author.see(f"{path}/history").json()["results"][0]["verb"] == "end_readership"

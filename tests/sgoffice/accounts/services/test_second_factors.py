"""Second factors: set up and removed by their owner, reset by two people; history names each and keeps no secret."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sgoffice.accounts import services
from sgoffice.accounts.models import AccessToken, RecoveryCode, SecondFactor, User
from sgoffice.approvals import services as approving
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation, UnknownRecord
from sgoffice.records.models import HistoryEntry, HistoryPayload
from tests.factories import approvals
from tests.factories.accounts import Register, signed_in, staff, with_password
from tests.factories.second_factors import code_of, with_app

pytestmark = pytest.mark.django_db
LATELY = timedelta(minutes=2)


@pytest.fixture
def protected():
    return with_app(staff(), timezone.now() - LATELY)


@pytest.fixture
def chief():
    return approvals.member("approver")


@pytest.fixture
def administrator(chief):
    return approvals.member("administrator")


def since(user):
    return User.objects.get(pk=user.pk).second_factor_since


def reset(user, *, by):
    services.reset_second_factor(user.pk, by=by, at=timezone.now())


def ask(actor, statement, user):
    """Ask the database itself, under somebody's name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('sgoffice.actor', %s, true)", [actor])
        cursor.execute(statement, [user.pk])


def approve(user, *, by):
    waiting = Approval.objects.pending().get(member=user)
    approving.approve(waiting.pk, approving.ApprovalEntry(), by=by, expected=ANY_VERSION)


def test_the_first_one_ends_what_was_signed_in_before_and_brings_recovery_codes():
    user, now = staff(), timezone.now()
    services.issue_token(user, name="old", at=now)

    _, _, codes = with_app(user, now)

    assert AccessToken.objects.get().revoked_at == now
    assert len(set(codes)) == 10
    assert since(user) == now
    assert {len(bytes(row.digest)) for row in RecoveryCode.objects.all()} == {32}


def test_a_wrong_code_sets_nothing_up():
    user = staff()
    with pytest.raises(InvalidEntry):
        services.add_app(user, name="x", secret=services.new_app_secret(), code="000000", at=timezone.now())

    assert since(user) is None


def test_history_names_what_was_done_and_keeps_no_secret(protected):
    user, key, codes = protected
    services.use_code(user, codes[0], at=timezone.now())
    services.use_code(user, code_of(key), at=timezone.now())
    services.make_recovery_codes(user, at=timezone.now())
    services.remove_second_factor(SecondFactor.objects.get().pk, of=user, at=timezone.now())

    verbs = HistoryEntry.objects.filter(actor=str(user.as_actor())).values_list("verb", flat=True)
    kept = str([*HistoryPayload.objects.values_list("old", "new")])
    assert {"set_up_second_factor", "use_second_factor", "make_recovery_codes", "remove_second_factor"} <= set(verbs)
    assert "Telephone" in kept
    assert "material" not in kept
    assert "digest" not in kept


def test_the_secret_of_an_app_is_sealed(protected, settings):
    sealed = bytes(SecondFactor.objects.get().material)
    assert services.key_to_type(services.unseal(sealed)) == protected[1]

    settings.SECRET_KEY = "another key of another installation"

    assert services.unseal(sealed) is None


def test_one_person_alone_resets_nothing(protected, administrator, chief):
    user, key, _ = protected

    reset(user, by=administrator)
    assert since(user) is not None
    approve(user, by=chief)

    assert since(user) is None
    assert not services.use_code(user, code_of(key), at=timezone.now())
    entry = HistoryEntry.objects.filter(verb="reset_second_factor", table_name="accounts_user").get()
    assert entry.actor == str(chief)


@pytest.mark.parametrize("role", ["viewer", "officer", "approver", "auditor"])
def test_only_an_administrator_proposes_it(protected, role):
    with pytest.raises(NotPermitted):
        reset(protected[0], by=approvals.member(role))


def test_nobody_proposes_or_approves_their_own(administrator, chief):
    owner, _, _ = with_app(User.objects.get(pk=administrator.id), timezone.now() - LATELY)
    with pytest.raises(RuleViolation):
        reset(owner, by=administrator)
    approver, _, _ = with_app(User.objects.get(pk=chief.id), timezone.now() - LATELY)
    reset(approver, by=administrator)
    with pytest.raises(RuleViolation):
        approve(approver, by=chief)


def test_a_reset_ends_sign_ins_and_what_is_not_there_is_not_reset(protected, administrator, chief):
    user = protected[0]
    services.issue_token(user, name="late", at=timezone.now())
    reset(user, by=administrator)
    approve(user, by=chief)

    assert not AccessToken.objects.filter(revoked_at=None).exists()
    assert not RecoveryCode.objects.filter(ended_at=None).exists()
    with pytest.raises(RuleViolation):
        reset(user, by=administrator)


STATEMENTS = {
    "asked no more": "UPDATE accounts_user SET second_factor_since = NULL WHERE id = %s",
    "ended": "UPDATE accounts_secondfactor SET ended_at = now() WHERE user_id = %s",
    "deleted": "DELETE FROM accounts_secondfactor WHERE user_id = %s",
    "codes deleted": "DELETE FROM accounts_recoverycode WHERE user_id = %s",
    "codes ended": "UPDATE accounts_recoverycode SET ended_at = now() WHERE user_id = %s",
    "another": (
        "INSERT INTO accounts_secondfactor (id, user_id, kind, name, material, counter, created_at) "
        "SELECT gen_random_uuid(), id, 'app', 'x', 'x'::bytea, 0, now() FROM accounts_user WHERE id = %s"
    ),
    "another's code": (
        "INSERT INTO accounts_recoverycode (id, user_id, digest, created_at) "
        "SELECT gen_random_uuid(), id, 'x'::bytea, now() FROM accounts_user WHERE id = %s"
    ),
}


@pytest.mark.parametrize("what", STATEMENTS)
@pytest.mark.parametrize("actor", ["", "staff:somebody else"])
def test_the_database_refuses_it_to_one_person_alone(protected, what, actor):
    with pytest.raises(IntegrityError, match="second factor"):
        ask(actor, STATEMENTS[what], protected[0])


def test_what_ended_is_not_brought_back(protected):
    user = protected[0]
    services.remove_second_factor(SecondFactor.objects.get().pk, of=user, at=timezone.now())

    with pytest.raises(IntegrityError):
        ask(str(user.as_actor()), "UPDATE accounts_secondfactor SET ended_at = NULL WHERE user_id = %s", user)


def test_the_last_one_is_removed_only_where_none_is_needed(settings):
    user, _, _ = with_app(staff("approver"), timezone.now() - LATELY)
    factor = SecondFactor.objects.get().pk
    with pytest.raises(UnknownRecord):
        services.remove_second_factor(factor, of=staff(), at=timezone.now())
    settings.IS_PRODUCTION = True
    with pytest.raises(RuleViolation):
        services.remove_second_factor(factor, of=user, at=timezone.now())
    settings.IS_PRODUCTION = False

    services.remove_second_factor(factor, of=user, at=timezone.now())

    assert since(user) is None


def test_tokens_of_such_roles_are_issued_after_a_second_factor(settings):
    user, now = staff("approver"), timezone.now()
    early = services.issue_token(user, name="early", at=now)
    settings.IS_PRODUCTION = True

    with pytest.raises(RuleViolation, match="second factor"):
        services.issue_token(user, name="try", at=now)
    assert services.find_token(early, at=now) is None

    with_app(user, now)
    assert services.find_token(services.issue_token(user, name="try", at=now), at=now)
    assert services.find_token(early, at=now) is None
    assert services.issue_token(staff("officer"), name="try", at=now)


def test_a_token_issues_no_token_for_who_signs_in_with_a_second_factor(protected):
    token = services.issue_token(protected[0], name="first", at=timezone.now())
    headers = {"authorization": f"Bearer {token}"}

    for path in ("me/tokens", "me/calendar-links"):
        assert Register().enter(path, {"name": "second"}, **headers).status_code == 403
    other = services.issue_token(staff(), name="first", at=timezone.now())
    assert Register().enter("me/tokens", {"name": "second"}, authorization=f"Bearer {other}").status_code == 201


def test_the_operator_of_the_server_resets_it_where_nobody_else_could(protected):
    said = StringIO()

    call_command("reset_second_factor", protected[0].username, stdout=said)

    assert since(protected[0]) is None
    assert "next sign-in" in said.getvalue()
    for name, told in ((protected[0].username, "nothing to reset"), ("nobody", "no user")):
        with pytest.raises(CommandError, match=told):
            call_command("reset_second_factor", name)


def test_the_admin_proposes_it(protected, chief):
    user, page = protected[0], signed_in("administrator")
    address = f"/admin/accounts/user/{user.pk}/change/"

    page.post(address, {"username": user.username, "role": user.role, "is_active": "on", "resets_second_factor": "on"})

    assert Approval.objects.pending().get(member=user).action == "reset_second_factor"
    approve(user, by=chief)
    assert since(user) is None


def test_removing_and_adding_ask_who_it_is_again():
    user = with_password(staff())
    stale = Register(user)
    assert b"Sign in again" in stale.get("/second-factor/set-up").content
    with_app(user, timezone.now() - LATELY)

    here = Register(User.objects.get(pk=user.pk))

    assert here.get("/desk/me").status_code == 302, "a session without a second factor is nobody's"

"""Second factors: who must have one, how it is set up and removed by its owner, and reset by two people."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sgoffice.accounts.models import RecoveryCode, SecondFactor, User
from sgoffice.accounts.services.codes import replace_recovery_codes, step_of
from sgoffice.accounts.services.members import (
    change_member,
    end_sign_ins,
    must_have_second_factor,
    require_active,
)
from sgoffice.accounts.services.sealing import seal
from sgoffice.accounts.vocabulary import FactorKind
from sgoffice.approvals.rules import require_not_about
from sgoffice.approvals.services import ProposalEntry, propose
from sgoffice.changes import second_person
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

#: The action that a second person approves.
RESET = "reset_second_factor"
_LONGEST = 100
_MOST = 10


def add_app(user: User, *, name: str, secret: bytes, code: str, at: datetime) -> list[str]:
    """Set up an authenticator app that shows the right code; return recovery codes with the first second factor.

    Raises InvalidEntry for a wrong code or no name, RuleViolation for one too many.
    """
    step = step_of(secret, code, at=at)
    if step is None:
        raise InvalidEntry([("/code", "The app shows another code now. Is the clock of the telephone right?")])
    return _add(user, FactorKind.APP, name, lambda: SecondFactor(material=seal(secret), counter=step), at)


def add_passkey(user: User, *, name: str, material: bytes, at: datetime) -> list[str]:
    """Set up a passkey by its public key; return recovery codes with the first second factor.

    Raises InvalidEntry for no name, RuleViolation for one too many.
    """
    return _add(user, FactorKind.PASSKEY, name, lambda: SecondFactor(material=material), at)


def _add(user: User, kind: FactorKind, name: str, make: Callable[[], SecondFactor], at: datetime) -> list[str]:
    """Store a second factor. With the first one all sign-ins, tokens and links from before it end."""
    if not name.strip():
        raise InvalidEntry([("/name", "Give it a name by which you know it again.")])
    with change_member(user.pk, verb="set_up_second_factor", by=user.as_actor()) as locked:
        require_active(locked)
        if SecondFactor.objects.filter(user=locked, ended_at=None).count() >= _MOST:
            raise RuleViolation(f"You have {_MOST} second factors: remove one first.", rule="second-factor")
        factor = make()
        factor.user, factor.kind, factor.name, factor.created_at = locked, kind, name.strip()[:_LONGEST], at
        factor.save(force_insert=True)
        if locked.second_factor_since is not None:
            return []
        locked.second_factor_since = at
        end_sign_ins(locked, at=at)
        return replace_recovery_codes(locked, at=at)


def make_recovery_codes(user: User, *, at: datetime) -> list[str]:
    """Return new recovery codes in place of the old ones. Raises RuleViolation without a second factor."""
    with change_member(user.pk, verb="make_recovery_codes", by=user.as_actor()) as locked:
        if locked.second_factor_since is None:
            raise RuleViolation("There is no second factor that they could stand for.", rule="second-factor")
        return replace_recovery_codes(locked, at=at)


def remove_second_factor(factor_id: UUID, *, of: User, at: datetime) -> None:
    """Remove one of one's own second factors.

    Raises UnknownRecord if it is nobody's or another's, RuleViolation for the last one where the role needs one.
    """
    with change_member(of.pk, verb="remove_second_factor", by=of.as_actor()) as user:
        mine = SecondFactor.objects.filter(user=user, ended_at=None)
        if not mine.filter(pk=factor_id).update(ended_at=at):
            raise UnknownRecord("second factor", factor_id)
        if not mine.exists():
            if must_have_second_factor(user):
                raise RuleViolation("Your role needs a second factor: set up another one first.", rule="second-factor")
            _end_all(user, at)


def reset_second_factor(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take the second factors of somebody away who cannot use them; they set up others at the next sign-in.

    One person alone can only propose it. Raises RuleViolation for the actor's own, and if there is none.
    """
    by.require(Permission.ADMINISTER)
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        raise UnknownRecord("user", user_id)
    require_not_about(str(user_id), by.id)
    _require_some(user)
    if second_person.is_one_person(by):
        second_person.note_proposal(propose(ProposalEntry(action=RESET, member=user_id), by=by))
    else:
        end_second_factors(user_id, by=by, at=at)


def end_second_factors(user_id: UUID, *, by: Actor, at: datetime, reason: str = "") -> None:
    """End all second factors, recovery codes and sign-ins of somebody; the database asks who agreed."""
    with change_member(user_id, verb=RESET, by=by, reason=reason) as user:
        _require_some(user)
        _end_all(user, at)
        end_sign_ins(user, at=at)


def _end_all(user: User, at: datetime) -> None:
    for model in (SecondFactor, RecoveryCode):
        model.objects.filter(user=user, ended_at=None).update(ended_at=at)
    user.second_factor_since = None


def _require_some(user: User) -> None:
    if user.second_factor_since is None:
        raise RuleViolation("They have no second factor: there is nothing to reset.", rule="second-factor")

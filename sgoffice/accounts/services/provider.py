"""Signing in by the organization's provider: its claims give viewer or officer at once, and end any role at once.

The roles that two people give it only proposes: an administrator reads the claim in the list of staff.
"""

import hashlib
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from sgoffice.accounts.models import ProviderAccount, User
from sgoffice.accounts.roles import GIVEN_BY_TWO
from sgoffice.accounts.rules import is_username, role_by_claims
from sgoffice.accounts.services.members import change_member, end_sign_ins, require_active
from sgoffice.accounts.services.readerships import end_readerships, leaving
from sgoffice.accounts.services.staff import StaffEntry, invite_staff
from sgoffice.accounts.vocabulary import Role
from sgoffice.changes.door import open_rows
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation

_RULE = "provider-account"


@dataclass(frozen=True)
class Identity:
    """Somebody as the provider tells of them, with the roles that it claims for them."""

    issuer: str
    subject: str
    username: str = ""
    display_name: str = ""
    email: str = ""
    roles: AbstractSet[str] = frozenset()
    has_second_factor: bool = False

    @property
    def actor(self) -> Actor:
        return Actor("provider", self.issuer, "The organization's provider", frozenset({Permission.ADMINISTER}))


def sign_in_by_provider(identity: Identity, *, at: datetime) -> User | None:
    """Return who signs in, with the role that the provider claims; None if it claims none: then all they had ends.

    Somebody new becomes a member of staff. Raises RuleViolation for who is inactive, or new with a name that is taken.
    """
    account = _account_of(identity)
    if account is None:
        if not identity.roles:
            return None
        try:
            return _enter(identity, at=at)
        except (IntegrityError, InvalidEntry, RuleViolation) as error:
            account = _account_of(identity)  # of whoever signed in for the first time at the same moment
            if account is None:
                raise error if isinstance(error, RuleViolation) else _is_taken(_name_of(identity)) from error
    require_active(account.user)
    role = role_by_claims(account.user.role, identity.roles)
    with transaction.atomic():
        if not identity.roles or role != account.user.role:
            _take_to(account.user, role, by=identity.actor, at=at)
        _note_claim(account, identity, role)
    return User.objects.get(pk=account.user_id) if identity.roles else None


def link_provider_account(user: User, identity: Identity, *, at: datetime) -> User:
    """Let somebody sign in by the provider from now on, and by no password: the provider says what they may do.

    Raises RuleViolation if the account is somebody else's, or the provider does not claim the role that they have.
    """
    if user.role not in identity.roles:
        detail = "Your organization does not claim your role for you: ask whoever looks after its accounts."
        raise RuleViolation(detail, rule=_RULE)
    if _account_of(identity) is not None or ProviderAccount.objects.filter(user=user).exists():
        raise RuleViolation("One account of the organization is one person's here.", rule=_RULE)
    with change_member(user.pk, verb="link_provider_account", by=user.as_actor()) as locked:
        require_active(locked)
        _add(locked, identity, at)
        locked.set_unusable_password()
        end_sign_ins(locked, at=at)
    return locked


def _account_of(identity: Identity) -> ProviderAccount | None:
    known = ProviderAccount.objects.select_related("user")
    return known.filter(issuer=identity.issuer, subject=identity.subject).first()


def _enter(identity: Identity, *, at: datetime) -> User:
    """Add a member of staff. A name that is taken here is never a sign that it is the same person."""
    name = _name_of(identity)
    if User.objects.filter(username__iexact=name).exists():
        raise _is_taken(name)
    entry = StaffEntry(
        username=name,
        role=role_by_claims(Role.VIEWER, identity.roles),
        display_name=identity.display_name[:200],
        email=identity.email[:254],
    )
    with transaction.atomic():
        user = invite_staff(entry, by=identity.actor)
        with open_rows(user, verb="invite", by=identity.actor):
            account = _add(user, identity, at)
        _note_claim(account, identity, user.role)
    return user


def _add(user: User, identity: Identity, at: datetime) -> ProviderAccount:
    return ProviderAccount.objects.create(user=user, issuer=identity.issuer, subject=identity.subject, created_at=at)


def _take_to(user: User, role: str, *, by: Actor, at: datetime) -> None:
    """Give the role that is left, also to the last administrator; all that came with the one before ends."""
    with leaving(user.pk, verb="follow_claims", by=by) as locked:
        locked.role = role
        end_sign_ins(locked, at=at)
        end_readerships(locked, by=by)


def _note_claim(account: ProviderAccount, identity: Identity, role: str) -> None:
    """Keep what the provider proposes, for the administrators."""
    proposed = [name for name in Role.values if name in identity.roles & GIVEN_BY_TWO and name != role]
    claimed = proposed[0] if proposed else ""
    if account.claimed_role != claimed:
        account.claimed_role = claimed
        with open_rows(account.user, verb="follow_claims", by=identity.actor):
            account.save(update_fields=["claimed_role"])


def _is_taken(name: str) -> RuleViolation:
    detail = f"{name} is taken here. If it is you, sign in with your password and link the two on your own page."
    return RuleViolation(detail, rule=_RULE)


def _name_of(identity: Identity) -> str:
    """Return the name that the provider tells, or one that is made up where it cannot be a user name."""
    if is_username(identity.username):
        return identity.username
    digest = hashlib.sha256(f"{identity.issuer} {identity.subject}".encode()).hexdigest()
    return f"member-{digest[:12]}"

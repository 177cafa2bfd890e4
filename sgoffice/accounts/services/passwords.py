"""Passwords: chosen by the person alone, the first one and every later one, through a link that works once."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sgoffice.accounts.models import PasswordLink, ProviderAccount, User
from sgoffice.accounts.rules import faults_of_password
from sgoffice.accounts.services.members import (
    change_member,
    end_password_links,
    end_sign_ins,
    may_sign_in,
    require_active,
)
from sgoffice.accounts.services.tokens import digest_of
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation

LINK_LIFETIME = timedelta(days=3)


def issue_password_link(user_id: UUID, *, by: Actor, at: datetime) -> str:
    """Issue a link with which a member of staff chooses a password, and return its secret.

    It works once, for three days; the links before it stop working. Raises RuleViolation for an inactive user or
    one who signs in by the provider.
    """
    by.require(Permission.ADMINISTER)
    with change_member(user_id, verb="issue_password_link", by=by) as user:
        require_active(user)
        if ProviderAccount.objects.filter(user=user).exists():
            raise RuleViolation(
                "They sign in by the organization's provider, not with a password.", rule="password-link"
            )
        end_password_links(user, at=at)
        secret = secrets.token_urlsafe(32)
        PasswordLink.objects.create(
            user=user, digest=digest_of(secret), created_at=at, expires_at=at + LINK_LIFETIME, issued_by=str(by)
        )
    return secret


def owner_of_password_link(secret: str, *, at: datetime) -> User | None:
    """Return who may choose a password with this secret; None if it is unknown, used or expired."""
    link = PasswordLink.objects.select_related("user").filter(digest=digest_of(secret), ended_at=None).first()
    return link.user if link is not None and link.expires_at > at and may_sign_in(link.user) else None


def choose_password(secret: str, password: str, *, at: datetime) -> User:
    """Set the password that the owner of a link chose; the link ends, and so do all other sign-ins.

    Raises InvalidEntry for a password that is easy to guess, RuleViolation for a link that is unknown, used or expired.
    """
    owner = owner_of_password_link(secret, at=at)
    if owner is None:
        raise _dead_link()
    with change_member(owner.pk, verb="choose_password", by=owner.as_actor()) as user:
        if owner_of_password_link(secret, at=at) is None:  # somebody was faster
            raise _dead_link()
        _set_password(user, password, at=at)
        end_sign_ins(user, at=at)
    return user


def change_password(user: User, *, current: str, password: str, at: datetime) -> User:
    """Change one's own password; all other sign-ins, tokens and links end.

    Raises InvalidEntry if the current one is wrong, or the new one easy to guess or the same.
    """
    with change_member(user.pk, verb="change_password", by=user.as_actor()) as locked:
        require_active(locked)
        if not locked.check_password(current):
            raise InvalidEntry([("/current", "This is not your current password.")])
        if current == password:
            raise InvalidEntry([("/password", "This is the password that you have: choose another one.")])
        _set_password(locked, password, at=at)
        end_sign_ins(locked, at=at)
    return locked


def end_password(user_id: UUID, *, by: Actor, at: datetime) -> User:
    """End the password of a member of staff and all sign-ins, tokens and links; a link lets them choose another one."""
    by.require(Permission.ADMINISTER)
    with change_member(user_id, verb="end_password", by=by) as user:
        user.set_unusable_password()
        end_sign_ins(user, at=at)
    return user


def hash_anew(user: User, password: str) -> None:
    """Hash a password that was right with the hasher of today."""
    with change_member(user.pk, verb="hash_anew", by=user.as_actor()) as locked:
        locked.set_password(password)


def _set_password(user: User, password: str, *, at: datetime) -> None:
    own_words = (user.username, user.display_name, user.email)
    if faults := faults_of_password(password, own_words):
        raise InvalidEntry([("/password", fault) for fault in faults])
    user.set_password(password)
    user.password_changed_at = at


def _dead_link() -> RuleViolation:
    return RuleViolation("This link was used, has expired or never was one: ask for another.", rule="password-link")

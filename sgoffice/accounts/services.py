"""Invite staff, assign roles, issue and revoke tokens and calendar links."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from sgoffice.accounts.models import AccessToken, CalendarLink, User
from sgoffice.accounts.vocabulary import Role
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord

LONGEST_LIFETIME = timedelta(days=366)
PREFIX = "sgo_"
#: How precisely the last use is stored.
LAST_USE_PRECISION = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """A member of staff to invite; without a password they cannot sign in yet."""

    username: str
    role: str = Role.VIEWER
    display_name: str = ""
    email: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    password: str = ""


def invite_staff(entry: StaffEntry, *, by: Actor) -> User:
    """Add a member of staff.

    Raises InvalidEntry for a user name that is taken, an unknown role, or a weak password.
    """
    by.require(Permission.ADMINISTER)
    if User.objects.filter(username=entry.username).exists():
        raise InvalidEntry([("/username", "This user name is taken.")])
    _require_role(entry.role)
    user = User(
        username=entry.username,
        role=entry.role,
        display_name=entry.display_name,
        email=entry.email,
        language=entry.language,
        time_zone=entry.time_zone,
        is_staff=True,
    )
    _set_password(user, entry.password)
    user.save()
    return user


def assign_role(user_id: UUID, role: str, *, by: Actor) -> User:
    """Assign a role.

    Raises InvalidEntry for an unknown role, RuleViolation when the last administrator would lose theirs.
    """
    by.require(Permission.ADMINISTER)
    _require_role(role)
    with transaction.atomic():
        user = _locked(user_id)
        if user.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
            _require_another_administrator(user)
        user.role = role
        user.save(update_fields=["role"])
    return user


def set_active(user_id: UUID, *, is_active: bool, by: Actor) -> User:
    """Allow a member of staff to sign in, or stop them and their tokens at once."""
    by.require(Permission.ADMINISTER)
    with transaction.atomic():
        user = _locked(user_id)
        if not is_active and user.role == Role.ADMINISTRATOR:
            _require_another_administrator(user)
        user.is_active = is_active
        user.save(update_fields=["is_active"])
    return user


def set_password(user_id: UUID, password: str, *, by: Actor) -> User:
    by.require(Permission.ADMINISTER)
    with transaction.atomic():
        user = _locked(user_id)
        _set_password(user, password)
        user.save(update_fields=["password"])
    return user


def issue_token(user: User, *, name: str, at: datetime, lifetime: timedelta = timedelta(days=90)) -> str:
    """Issue a bearer token and return it; it cannot be read back later.

    Raises InvalidEntry without a name or for more than a year, RuleViolation for an inactive user.
    """
    if not name.strip():
        raise InvalidEntry([("/name", "Say what the token is for.")])
    if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
        raise InvalidEntry([("/expires_at", "A token is valid for a year at most.")])
    _require_active(user)
    token = PREFIX + secrets.token_urlsafe(32)
    AccessToken.objects.create(
        user=user, name=name.strip(), digest=digest_of(token), created_at=at, expires_at=at + lifetime
    )
    return token


def revoke_token(token_id: UUID, *, of: User, at: datetime) -> AccessToken:
    """Revoke a token of a user; the next request with it is refused."""
    token = AccessToken.objects.filter(pk=token_id, user=of).first()
    if token is None:
        raise UnknownRecord("token", token_id)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
    return token


def issue_calendar_link(user: User, *, name: str, at: datetime) -> str:
    """Create a link for a calendar program and return its secret; it cannot be read back later.

    It is valid until revoked: a calendar whose link expired unnoticed would go on showing outdated days. Raises
    InvalidEntry without a name, RuleViolation for an inactive user.
    """
    if not name.strip():
        raise InvalidEntry([("/name", "Say which calendar reads it.")])
    _require_active(user)
    secret = secrets.token_urlsafe(32)
    CalendarLink.objects.create(user=user, name=name.strip(), digest=digest_of(secret), created_at=at)
    return secret


def revoke_calendar_link(link_id: UUID, *, of: User, at: datetime) -> CalendarLink:
    """Revoke a calendar link of a user; the next read with it finds nothing."""
    link = CalendarLink.objects.filter(pk=link_id, user=of).first()
    if link is None:
        raise UnknownRecord("calendar link", link_id)
    if link.revoked_at is None:
        link.revoked_at = at
        link.save(update_fields=["revoked_at"])
    return link


def use_calendar_link(secret: str, *, at: datetime) -> CalendarLink | None:
    """Return the link with this secret and record its use; None if it is unknown, revoked, or its user inactive."""
    link = CalendarLink.objects.select_related("user").filter(digest=digest_of(secret), revoked_at=None).first()
    if link is None or not link.user.is_active:
        return None
    if link.last_used_at is None or at - link.last_used_at > LAST_USE_PRECISION:
        link.last_used_at = at
        link.save(update_fields=["last_used_at"])
    return link


def digest_of(token: str) -> bytes:
    """Return the digest that is stored for a token. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def ensure_first_administrator() -> tuple[str, str] | None:
    """Create the first administrator; return user name and password, or None if there are users already."""
    with transaction.atomic():
        if User.objects.exists():
            return None
        password = secrets.token_urlsafe(12)
        user = User(username="administrator", role=Role.ADMINISTRATOR, display_name="Administrator", is_staff=True)
        user.set_password(password)
        user.save()
    return user.username, password


def _locked(user_id: UUID) -> User:
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
    if user is None:
        raise UnknownRecord("user", user_id)
    return user


def _require_active(user: User) -> None:
    if not user.is_active:
        raise RuleViolation("This member of staff cannot sign in.", rule="inactive")


def _require_role(role: str) -> None:
    if role not in Role.values:
        raise InvalidEntry([("/role", f"There is no such role; there are: {', '.join(Role.values)}.")])


def _require_another_administrator(user: User) -> None:
    others = User.objects.select_for_update(no_key=True).filter(role=Role.ADMINISTRATOR, is_active=True)
    if not any(other.pk != user.pk for other in others):
        raise RuleViolation("This is the last administrator: make another one first.", rule="last-administrator")


def _set_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidEntry([("/password", sentence) for sentence in error.messages]) from None
    user.set_password(password)

"""How services write a member of staff: locked, inside the door, with the verb that history tells."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from sgoffice.accounts.models import AccessToken, CalendarLink, PasswordLink, User
from sgoffice.accounts.roles import GIVEN_BY_TWO
from sgoffice.changes.door import open_rows
from sgoffice.records.actors import Actor
from sgoffice.records.errors import RuleViolation, UnknownRecord


@contextmanager
def change_member(user_id: UUID, *, verb: str, by: Actor, reason: str = "") -> Iterator[User]:
    """Open a member of staff with their tokens and links; what differs on exit is stored. Raises UnknownRecord."""
    with transaction.atomic():
        user = User.objects.select_for_update(no_key=True).filter(pk=user_id).first()
        if user is None:
            raise UnknownRecord("user", user_id)
        with open_rows(user, verb=verb, by=by, reason=reason):
            yield user
            user.save()


def end_sign_ins(user: User, *, at: datetime) -> None:
    """End everything that an open member of staff signs in by but the password: nothing brings it back."""
    user.sign_in_generation += 1
    for model in (AccessToken, CalendarLink):
        model.objects.filter(user=user, revoked_at=None).update(revoked_at=at)
    end_password_links(user, at=at)


def end_password_links(user: User, *, at: datetime) -> None:
    PasswordLink.objects.filter(user=user, ended_at=None).update(ended_at=at)


def may_sign_in(user: User) -> bool:
    """Tell whether somebody may sign in, by whatever means; examples may not where the register is served to others."""
    return user.is_active and not (user.is_example and settings.SESSION_COOKIE_SECURE)


def require_active(user: User) -> None:
    if not may_sign_in(user):
        raise RuleViolation("This member of staff cannot sign in.", rule="inactive")


def must_have_second_factor(user: User) -> bool:
    """Tell whether a role is not used without one: those that two people give, where others are served."""
    return settings.IS_PRODUCTION and user.role in GIVEN_BY_TWO


def is_asked_second_factor(user: User) -> bool:
    """Tell whether a password alone does not sign somebody in."""
    return user.second_factor_since is not None or must_have_second_factor(user)


def lacks_second_factor(user: User) -> bool:
    return user.second_factor_since is None and must_have_second_factor(user)

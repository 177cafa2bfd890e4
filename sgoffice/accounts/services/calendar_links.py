"""Calendar links: addresses from which calendar programs read as a member of staff."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sgoffice.accounts.models import CalendarLink, User
from sgoffice.accounts.services.members import lacks_second_factor, may_sign_in, require_active
from sgoffice.accounts.services.tokens import LAST_USE_PRECISION, LONGEST_LIFETIME, digest_of
from sgoffice.changes.door import open_rows
from sgoffice.records.actors import Actor
from sgoffice.records.errors import InvalidEntry, RuleViolation, UnknownRecord


def issue_calendar_link(user: User, *, name: str, at: datetime, lifetime: timedelta = LONGEST_LIFETIME) -> str:
    """Create a link for a calendar program and return its secret; it cannot be read back later.

    Raises InvalidEntry without a name or for more than a year, RuleViolation for an inactive user or one whose role
    needs a second factor that they have not set up.
    """
    if not name.strip():
        raise InvalidEntry([("/name", "Say which calendar reads it.")])
    if not timedelta(0) < lifetime <= LONGEST_LIFETIME:
        raise InvalidEntry([("/expires_at", "A calendar link is valid for a year at most.")])
    require_active(user)
    if lacks_second_factor(user):
        detail = "This role signs in with a second factor: set one up on your own page first, then make the link."
        raise RuleViolation(detail, rule="second-factor")
    secret = secrets.token_urlsafe(32)
    with open_rows(user, verb="issue_calendar_link", by=user.as_actor()):
        CalendarLink.objects.create(
            user=user, name=name.strip(), digest=digest_of(secret), created_at=at, expires_at=at + lifetime
        )
    return secret


def revoke_calendar_link(link_id: UUID, *, of: User, by: Actor, at: datetime) -> CalendarLink:
    """Revoke a calendar link of a user; the next read with it finds nothing."""
    with open_rows(of, verb="revoke_calendar_link", by=by):
        link = CalendarLink.objects.select_for_update(no_key=True).filter(pk=link_id, user=of).first()
        if link is None:
            raise UnknownRecord("calendar link", link_id)
        if link.revoked_at is None:
            link.revoked_at = at
            link.save(update_fields=["revoked_at"])
    return link


def use_calendar_link(secret: str, *, at: datetime) -> CalendarLink | None:
    """Return a valid link with its user, and record its use.

    None if it is unknown, expired or revoked, or its user may not sign in, or not before they set up a second factor.
    """
    valid = CalendarLink.objects.filter(revoked_at=None, expires_at__gt=at)
    link = valid.select_related("user").filter(digest=digest_of(secret)).first()
    if link is None or not may_sign_in(link.user) or lacks_second_factor(link.user):
        return None
    if link.last_used_at is None or at - link.last_used_at > LAST_USE_PRECISION:
        link.last_used_at = at
        with open_rows(link.user, verb="use_calendar_link", by=link.user.as_actor()):
            link.save(update_fields=["last_used_at"])
    return link

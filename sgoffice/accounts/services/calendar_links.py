"""Calendar links: addresses from which calendar programs read as a member of staff."""

import secrets
from datetime import datetime
from uuid import UUID

from sgoffice.accounts.models import CalendarLink, User
from sgoffice.accounts.services.staff import require_active
from sgoffice.accounts.services.tokens import LAST_USE_PRECISION, digest_of
from sgoffice.records.errors import InvalidEntry, UnknownRecord


def issue_calendar_link(user: User, *, name: str, at: datetime) -> str:
    """Create a link for a calendar program and return its secret; it cannot be read back later.

    It is valid until revoked: a calendar whose link expired unnoticed would go on showing outdated days. Raises
    InvalidEntry without a name, RuleViolation for an inactive user.
    """
    if not name.strip():
        raise InvalidEntry([("/name", "Say which calendar reads it.")])
    require_active(user)
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

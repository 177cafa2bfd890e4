"""What others sign in by, as administrators see it: what there is, never the secret itself; and how they end it."""

from datetime import datetime
from uuid import UUID

from sgoffice.accounts.models import AccessToken, CalendarLink
from sgoffice.accounts.services.calendar_links import revoke_calendar_link
from sgoffice.accounts.services.tokens import revoke_token
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import UnknownRecord


def revoke_credential(credential_id: UUID, *, by: Actor, at: datetime) -> AccessToken | CalendarLink:
    """Revoke a token or calendar link of anybody; raises UnknownRecord if it is neither."""
    by.require(Permission.ADMINISTER)
    token = AccessToken.objects.select_related("user").filter(pk=credential_id).first()
    if token is not None:
        return revoke_token(token.pk, of=token.user, by=by, at=at)
    link = CalendarLink.objects.select_related("user").filter(pk=credential_id).first()
    if link is not None:
        return revoke_calendar_link(link.pk, of=link.user, by=by, at=at)
    raise UnknownRecord("credential", credential_id)

"""`as_known_at`: a record as the register showed it at an instant, for readers who may see it now and could then."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from sgoffice import documents
from sgoffice.api.fields import Instant
from sgoffice.api.pagination import invalid
from sgoffice.records.actors import Actor
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import Record

AS_KNOWN_AT = "as_known_at"


def instant_known(request: Request) -> datetime:
    """Return the instant in `as_known_at`; raises ValidationError (400) for an invalid or a future one."""
    given = request.query_params.get(AS_KNOWN_AT, "")
    if " " in given:
        raise invalid(AS_KNOWN_AT, "Write + as %2B in a URL: 2016-11-21T10:30:00%2B01:00, or use UTC with Z.")
    try:
        instant = Instant().to_internal_value(given)
    except ValidationError as error:
        detail: list[str] = error.detail  # type: ignore[assignment] # of one field it is a list
        raise invalid(AS_KNOWN_AT, str(detail[0])) from None
    now = timezone.now()
    if instant > now:
        here = now.isoformat(timespec="seconds").replace("+00:00", "Z")
        raise invalid(AS_KNOWN_AT, f"This is in the future; the time here is {here}.")
    return instant


def document_known(actor: Actor, model: type[Record], record_id: UUID, at: datetime) -> bytes:
    """Return the document of a record at an instant; the caller checks that the actor may see it today.

    Raises UnknownRecord if the record did not exist yet, or if its marking then hid it from the actor.
    """
    body = documents.document_known_at(actor, model, record_id, at)
    if body is None:
        raise UnknownRecord(model.record_kind, record_id)
    return body

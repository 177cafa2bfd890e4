"""`as_known_at`: a record as the office knew it at an instant, for whoever may see it today and could see it then."""

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
    """Return the instant that `as_known_at` names; raises ValidationError (400) for none, and for one to come."""
    given = request.query_params.get(AS_KNOWN_AT, "")
    if " " in given:
        raise invalid(AS_KNOWN_AT, "In an address a + is written as %2B: 2016-11-21T10:30:00%2B01:00; Z is UTC.")
    try:
        instant = Instant().to_internal_value(given)
    except ValidationError as error:
        detail: list[str] = error.detail  # type: ignore[assignment] # of one field it is a list
        raise invalid(AS_KNOWN_AT, str(detail[0])) from None
    now = timezone.now()
    if instant > now:
        told = now.isoformat(timespec="seconds").replace("+00:00", "Z")
        raise invalid(AS_KNOWN_AT, f"Nobody knows yet what will be known then; here it is {told}.")
    return instant


def document_known(actor: Actor, model: type[Record], record_id: UUID, at: datetime) -> bytes:
    """Return the document of a record, which the actor may see today, as it was known at an instant.

    Raises UnknownRecord before the record was known, and where its marking of then hides it from the actor.
    """
    body = documents.document_known_at(actor, model, record_id, at)
    if body is None:
        raise UnknownRecord(model.record_kind, record_id)
    return body

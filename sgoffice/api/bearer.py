"""Bearer tokens (RFC 6750): how they are sent, and those that belong elsewhere."""

from django.http import HttpRequest
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from sgoffice.records.actors import PARTNER_BEARER_PREFIX

_LONGEST = 200


class NotForPartners(PermissionDenied):
    """A partner's token at an address of staff."""

    default_detail = "A partner's token opens /api/v1/partner only: this address is for staff."
    advice = "Ask below /api/v1/partner; /api/partner/openapi.json describes what there is."


def token_in(request: Request | HttpRequest) -> str | None:
    """Return the token of the request; None if it signs in in no such way."""
    scheme, _, given = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return given.strip()[:_LONGEST] if scheme.lower() == "bearer" else None


def is_of_partner(token: str | None) -> bool:
    """Tell whether this looks like a partner's token; it is not looked up."""
    return token is not None and token.startswith(PARTNER_BEARER_PREFIX)

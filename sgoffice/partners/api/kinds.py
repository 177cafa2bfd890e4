"""The kinds of records that a request is for: those that it names, within those of its token."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from sgoffice.api.pagination import invalid
from sgoffice.documents.publications import publications
from sgoffice.partners.services import AuthenticatedPartner

#: None: all that the partner may get, now and later.
Kinds = tuple[str, ...] | None
KIND = OpenApiParameter(
    "kind", str, description="Only records of this kind, or of these kinds, separated by commas; all by default."
)


class InsufficientScope(PermissionDenied):
    """A token that was asked for other kinds (RFC 6750, section 3.1)."""

    advice = "Request a token with a scope that has these kinds, or without any."

    def __init__(self, kinds: Any) -> None:
        wanted = " ".join(sorted(kinds)) or "all kinds"
        super().__init__(f"This token is not for {wanted}.")
        self.auth_header = f'Bearer realm="partner", error="insufficient_scope", scope="{" ".join(sorted(kinds))}"'


def kinds_of(request: Request) -> Kinds:
    """Return the kinds of the parameter `kind`, else those of the token.

    Raises ValidationError (400) for an unknown kind, InsufficientScope (403) for one that the token is not for.
    """
    given = request.query_params.get("kind")
    if given is None:
        return _of_token(request)
    wanted = tuple(sorted(set(given.split(","))))
    if not set(wanted) <= set(publications()):
        raise invalid("kind", f"There is no such kind; use: {', '.join(sorted(publications()))}.")
    require_scope(request, wanted)
    return wanted


def require_scope(request: Request, kinds: Kinds) -> None:
    """Raise InsufficientScope (403) unless the token is for these kinds."""
    scope = _of_token(request)
    if scope is not None and (kinds is None or not set(kinds) <= set(scope)):
        raise InsufficientScope(kinds or ())


def _of_token(request: Request) -> Kinds:
    partner = request.user
    return partner.kinds if isinstance(partner, AuthenticatedPartner) else ()

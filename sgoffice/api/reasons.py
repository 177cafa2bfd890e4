"""X-Reason: the reason for an update, kept in the record's history."""

from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from sgoffice.records.characters import find_forbidden_character

MAX_REASON = 500


def reason_of(request: Request) -> str:
    """Return the reason in the header, in UTF-8; raises ParseError (400) for disallowed characters."""
    try:
        reason = request.headers.get("X-Reason", "").encode("latin-1").decode()  # WSGI reads headers as Latin-1
    except UnicodeError:
        raise ParseError("X-Reason is not UTF-8.") from None
    if find_forbidden_character(reason) is not None or len(reason) > MAX_REASON:
        raise ParseError(f"X-Reason takes at most {MAX_REASON} characters and no invisible ones.")
    return reason

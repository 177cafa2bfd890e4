"""X-Reason: why a correction is made, kept in the record's history."""

from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from sgoffice.records.entries import find_forbidden_text

MAX_REASON = 500


def reason_of(request: Request) -> str:
    """Return the reason that the header gives, in UTF-8; raises ParseError (400) for what no text should have."""
    try:
        reason = request.headers.get("X-Reason", "").encode("latin-1").decode()  # WSGI reads headers as Latin-1
    except UnicodeError:
        raise ParseError("X-Reason is not UTF-8.") from None
    if find_forbidden_text(reason) is not None or len(reason) > MAX_REASON:
        raise ParseError(f"X-Reason takes {MAX_REASON} characters, none of them a control character.")
    return reason

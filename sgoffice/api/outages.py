"""Why the database did not serve, in words for who asked: told by the code of PostgreSQL's refusal (its Appendix A)."""

import sys

from django.db import InterfaceError, OperationalError

from sgoffice.database.errors import ServerError

#: What is raised when the database is away or cannot do its work now; the same request may succeed later.
OUTAGES = (OperationalError, InterfaceError, ServerError)
_AGAIN = "Repeat the request; if it writes, with an Idempotency-Key."
_UNKNOWN = f"The database did not answer in time. {_AGAIN}"
_AWAY = f"The database cannot be reached, or takes no more connections. {_AGAIN}"
_REASONS = {
    "53100": "The database's disk is full: nothing can be saved until somebody makes room. Tell who runs the server.",
    "53200": f"The database has no memory left. {_AGAIN} Tell who runs the server if it lasts.",
    "53300": f"All connections to the database are taken. {_AGAIN}",
    "55P03": f"Another change holds what this one needs. {_AGAIN}",
    "57014": f"The database took too long and was stopped. {_AGAIN}",
    "57P01": f"The database is being stopped or started again. {_AGAIN}",
    "57P02": f"The database broke off and is recovering. {_AGAIN}",
    "57P03": f"The database is starting. {_AGAIN}",
    "25006": "The database takes no changes at the moment. Tell who runs the server if it lasts.",
}


def reason_of(error: BaseException) -> str:
    """Return why the database did not serve, and what to do."""
    code = getattr(error.__cause__, "sqlstate", None)
    return _REASONS.get(code, _UNKNOWN) if code else _AWAY  # whoever has no connection gets no code either


def current_outage() -> BaseException | None:
    """Return the outage that is being handled; None if it is an error of another kind."""
    error = sys.exception()
    return error if isinstance(error, OUTAGES) else None

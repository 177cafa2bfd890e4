"""Why the database did not serve, in words for who asked: told by the code of PostgreSQL's refusal (its Appendix A)."""

import sys

from django.db import InterfaceError, OperationalError

from sgoffice.database.errors import ServerError, is_outcome_unknown
from sgoffice.database.watched import DatabaseSilent, RequestExpired

#: What is raised when the database is away or cannot do its work now; the same request may succeed later.
OUTAGES = (OperationalError, InterfaceError, ServerError)
_AGAIN = "Repeat the request; if it writes, with an Idempotency-Key."
_UNKNOWN = f"The database did not answer in time. {_AGAIN}"
#: Where the server was told to commit and never said whether it did.
MAYBE_SAVED = (
    "The database did not say whether this was saved. Repeat the request with the same Idempotency-Key, or look before "
    "you repeat it."
)
SILENT = f"The database does not answer. {_AGAIN}"
_EXPIRED = f"This took longer than a request may, and was given up. {_AGAIN}"
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
    if is_outcome_unknown(error):
        return MAYBE_SAVED
    if isinstance(error.__cause__, DatabaseSilent | RequestExpired):
        return SILENT if isinstance(error.__cause__, DatabaseSilent) else _EXPIRED
    code = getattr(error.__cause__, "sqlstate", None)
    return _REASONS.get(code, _UNKNOWN) if code else _AWAY  # whoever has no connection gets no code either


def current_outage() -> BaseException | None:
    """Return the outage that is being handled; None if it is an error of another kind."""
    error = sys.exception()
    return error if isinstance(error, OUTAGES) else None

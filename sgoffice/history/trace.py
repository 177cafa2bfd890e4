"""The trace for the auditor: reads of restricted records, exports, refusals, sign-ins, decisions.

`record()` writes one row at once. Call it outside a transaction, or the row goes with what is rolled back.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from uuid import UUID

from sgoffice.records.actors import Actor, request_id
from sgoffice.records.models import TraceItem


class Act(StrEnum):
    """What the trace tells of."""

    READ = "read"
    EXPORT = "export"
    REFUSE = "refuse"
    SIGN_IN = "sign_in"
    SIGN_IN_REFUSED = "sign_in_refused"


class Door(StrEnum):
    """By which door somebody came."""

    API = "api"
    ADMIN = "admin"
    DESK = "desk"
    CALENDAR = "calendar"
    EXCHANGE = "exchange"
    COMMAND = "command"


def record(
    act: Act,
    *,
    door: Door,
    by: Actor | None = None,
    address: str = "",
    method: str = "",
    path: str = "",
    status: int | None = None,
    entries: Iterable[UUID] = (),
    about: Mapping[str, str] | None = None,
) -> TraceItem:
    """Add a row to the trace; the database sets its time. `about` never holds what a restricted record says.

    Raises DatabaseError if it cannot be written: then nothing restricted may be shown.
    """
    return TraceItem.objects.create(
        act=act,
        door=door,
        actor=str(by) if by else "",
        address=address,
        method=method,
        path=path,
        status=status,
        request_id=request_id.get(),
        entries=sorted(entries),
        about=dict(about or {}),
    )

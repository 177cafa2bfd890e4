"""When a reminder is due, as pure functions of a local time."""

from collections.abc import Iterator
from datetime import date, datetime, time

#: A mail of the morning goes out from the first hour on; after the last one it would be of no use that day.
FIRST, LAST = time(7), time(18)
_MONDAY = 0


def kinds_due(local: datetime, *, morning: bool, monday: bool) -> Iterator[str]:
    """Yield the mails that are due at a local time, of those that somebody wants."""
    if not FIRST <= local.time() < LAST:
        return
    if morning:
        yield "morning"
    if monday and local.weekday() == _MONDAY:
        yield "monday"


def message_id(kind: str, user: str, day: date, domain: str) -> str:
    """Return the Message-ID of a mail: always the same, so that whoever gets it twice sees it once."""
    return f"<{kind}.{day:%Y%m%d}.{user}@{domain}>"

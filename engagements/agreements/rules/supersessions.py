"""When an agreement ends because another one that supersedes it enters into force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engagements.agreements.rules.days import Window, earliest_of


@dataclass(frozen=True)
class ForceFact:
    """Whether an agreement is in force (null: not known) from a day on: as much of a period as counts here."""

    start: date | None
    is_in_force: bool | None
    status: str = ""


def entry_of(periods: Sequence[ForceFact]) -> Window | None:
    """Return when an agreement first was in force; from the day on which it may have been, where nobody knows.

    None where nothing says that it ever was, and nothing that it may be.
    """
    place = next((number for number, one in enumerate(periods) if one.is_in_force), len(periods))
    first = place
    while first and _may_be_in_force(periods, first - 1):
        first -= 1
    if first < place:
        # where nothing at all is recorded before, nothing says that it may have been in force
        start = periods[first].start or (periods[first + 1].start if first + 1 < len(periods) else None)
        if start is None:
            return None
        entered = periods[place].start if place < len(periods) else None
        return Window(start, max(start, entered - timedelta(days=1)) if entered else date.max)
    day = periods[place].start if place < len(periods) else None
    return Window.on(day) if day is not None else None


def _may_be_in_force(periods: Sequence[ForceFact], place: int) -> bool:
    """Whether nobody knows; that “not yet” has grown old says nothing of an entry into force (status.py)."""
    one, before = periods[place], periods[place - 1] if place else None
    has_grown_old = before is not None and before.is_in_force is False and before.status == one.status
    return one.is_in_force is None and not has_grown_old


def superseded_in(entries: Sequence[Window | None]) -> Window | None:
    """Return when the first of those that supersede an agreement entered into force."""
    known = [entry for entry in entries if entry is not None]
    return earliest_of(known) if known else None

"""The times and days of an open engagement: instants with their zone, the local day, and what lists sort by."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engagements.models import Engagement
from engagements.models.engagement import NEVER
from engagements.rules import Days, days_of, instant_of
from sgoffice.records.errors import InvalidEntry

_TIMES = ("starts_at", "ends_at")
FIELDS = (*_TIMES, "time_zone", "held")


def set_times(engagement: Engagement, given: Mapping[str, Any]) -> Days | None:
    """Set the times and days that an entry or a correction names; return the local days, as far as known.

    Raises InvalidEntry for a time without its zone, a time that the zone's clocks leave out or show twice, a day that
    contradicts the time, and a date that is none; RuleViolation when the end is not after the start.
    """
    for name in FIELDS:
        if name in given:
            _set(engagement, name, given[name])
    if engagement.starts_at is not None:
        _settle_day(engagement, engagement.starts_at, given)
    elif engagement.ends_at is not None:
        raise InvalidEntry([("/starts_at", "What ends at a time starts at one.")])
    return _sorted(engagement, Days.of(engagement.held) if engagement.held else None)


def _settle_day(engagement: Engagement, starts_at: datetime, given: Mapping[str, Any]) -> None:
    """Put the times on the clocks of the place, and the local day where they put it when they are entered."""
    zone = engagement.time_zone
    if not zone:
        raise InvalidEntry([("/time_zone", "Name the IANA zone of the place, such as Europe/Paris.")])
    engagement.starts_at = starts_at = instant_of(starts_at, zone, pointer="/starts_at")
    if engagement.ends_at is not None:
        engagement.ends_at = instant_of(engagement.ends_at, zone, pointer="/ends_at")
    days = days_of(starts_at, engagement.ends_at)
    if given.get("held") not in (None, days.text):
        raise InvalidEntry([("/held", f"The day of that time is {days.text}: leave the day out, or the time.")])
    if engagement.held is None or set(given) & {*_TIMES, "time_zone"}:
        engagement.held = days.text


def _set(engagement: Engagement, name: str, value: Any) -> None:
    if name == "time_zone" and value:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise InvalidEntry([("/time_zone", f"{value!r} is no IANA zone; write it as Europe/Paris.")]) from None
    if name == "held":
        if value is None and engagement.starts_at is not None:
            return
        try:
            engagement.held = value
        except ValueError as error:
            raise InvalidEntry([("/held", str(error))]) from None
        return
    setattr(engagement, name, value if name != "time_zone" else value or "")


def _sorted(engagement: Engagement, days: Days | None) -> Days | None:
    """Set what lists sort by: the earliest day, what is exact first, then the time of day."""
    engagement.sort_day = days.earliest if days else date.max
    engagement.sort_rank = days.rank if days else 0
    if engagement.starts_at is not None:
        engagement.sort_at = engagement.starts_at.astimezone(UTC)
    else:
        engagement.sort_at = datetime.combine(days.earliest, time.max, tzinfo=UTC) if days else NEVER
    return days

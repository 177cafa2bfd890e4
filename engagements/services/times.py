"""Set the times of an engagement: instants with their zone, the local days, and the columns that lists sort by."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from engagements.models import Engagement
from engagements.models.engagement import NEVER
from engagements.rules import Days, local_days, local_instant
from engagements.rules.times import require_day_of_place
from sgoffice.places.zones import zone_of, zones_of_country
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.time_zones import time_zone_names

_TIMES = ("starts_at", "ends_at")
_NAMED = 4
FIELDS = (*_TIMES, "time_zone", "held")


def set_times(engagement: Engagement, given: Mapping[str, Any]) -> Days | None:
    """Set the times and days that are given; return the local days, as far as known.

    Raises InvalidEntry for a time without a zone, a time that the zone's clocks skip or repeat, a day that contradicts
    the time, and an invalid date; RuleViolation when the end is not after the start.
    """
    if "starts_at" in given:
        engagement.starts_at = given["starts_at"]
    if "ends_at" in given:
        engagement.ends_at = given["ends_at"]
    if "time_zone" in given:
        _set_time_zone(engagement, given["time_zone"] or "")
    if "held" in given:
        _set_held(engagement, given["held"])
    if engagement.starts_at is not None:
        _set_local_days(engagement, engagement.starts_at, given)
    elif engagement.ends_at is not None:
        raise InvalidEntry([("/starts_at", "An engagement with an end needs a start.")])
    days = Days.of(engagement.held) if engagement.held else None
    if days and given.keys() & {"held", "time_zone"}:
        require_day_of_place(days, engagement.time_zone or _likely_zone(engagement), pointer="/held")
    _set_sort_columns(engagement, days)
    return days


def _set_local_days(engagement: Engagement, starts_at: datetime, given: Mapping[str, Any]) -> None:
    """Convert the times to the clocks of the place; times that are given decide the local days."""
    zone = engagement.time_zone = engagement.time_zone or _zone_of_place(engagement)
    engagement.starts_at = starts_at = local_instant(starts_at, zone, pointer="/starts_at")
    if engagement.ends_at is not None:
        engagement.ends_at = local_instant(engagement.ends_at, zone, pointer="/ends_at")
    days = local_days(starts_at, engagement.ends_at)
    if given.get("held") not in (None, days.text):
        raise InvalidEntry([("/held", f"The day of that time is {days.text}: leave the day out, or the time.")])
    if engagement.held is None or set(given) & {*_TIMES, "time_zone"}:
        engagement.held = days.text


def _likely_zone(engagement: Engagement) -> str:
    """Return the zone in which its place lies, if city and country decide it."""
    office = engagement.office
    city, country = (office.city, office.country_id) if office else (engagement.city, engagement.country_id)
    return zone_of(city, country) or ""


def _zone_of_place(engagement: Engagement) -> str:
    """Return the zone in which its place lies; raises InvalidEntry where city and country do not decide it."""
    if zone := _likely_zone(engagement):
        return zone
    country = engagement.office.country_id if engagement.office else engagement.country_id
    several = zones_of_country(country or "")[:_NAMED]
    which = f"{', '.join(several[:-1])} or {several[-1]}" if several else "such as Europe/Paris"
    raise InvalidEntry([("/time_zone", f"Name the time zone of the place: {which}.")])


def _set_time_zone(engagement: Engagement, zone: str) -> None:
    if zone and zone not in time_zone_names():
        raise InvalidEntry([("/time_zone", f"{zone!r} is not an IANA time zone; write it as Europe/Paris.")])
    engagement.time_zone = zone


def _set_held(engagement: Engagement, held: str | None) -> None:
    if held is None and engagement.starts_at is not None:
        return
    try:
        engagement.held = held
    except ValueError as error:
        raise InvalidEntry([("/held", str(error))]) from None


def _set_sort_columns(engagement: Engagement, days: Days | None) -> None:
    """Sort by the earliest day, exact dates first, then by the time of day."""
    engagement.sort_day = days.earliest if days else date.max
    engagement.sort_rank = days.rank if days else 0
    if engagement.starts_at is not None:
        engagement.sort_at = engagement.starts_at.astimezone(UTC)
    else:
        engagement.sort_at = datetime.combine(days.earliest, time.max, tzinfo=UTC) if days else NEVER

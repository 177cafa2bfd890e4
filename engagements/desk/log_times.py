"""The day and the hours of a meeting as people type them, on the clocks of the place."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils.formats import date_format

from sgoffice.desk.forms import date_in, is_in_calendar
from sgoffice.languages.words import partial_date_in_words
from sgoffice.places.zones import zone_called
from sgoffice.records.written_dates import is_ambiguous

_CLOCK = re.compile(r"(\d{1,2})(?:\s*(?:[:.]|heures?|h|uhr)\s*(\d{2})?)?\s*([ap]\.?m\.?)?", re.IGNORECASE)


def times_in(values: Mapping[str, str], *, today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the day or the times of an entry from `day`, `start`, `end` and `zone`, and what cannot be read."""
    text = values["day"]
    day = date_in(text, today=today)
    if not text:
        return {}, {"day": "Say when: 7 December 2026, yesterday, December 2026."}
    if not is_in_calendar(day):
        return {}, {"day": _why_unread(text)}
    errors: dict[str, str] = {}
    start, end = (_clock(values[name], name, errors) for name in ("start", "end"))
    if errors or (start is None and end is None):
        return {"held": day}, errors
    return _instants(day, start, end, values["zone"])


def _why_unread(text: str) -> str:
    if is_ambiguous(text):
        return f"“{text}” may be two days. Write the month as a word: 7 December 2026."
    return f"“{text}” is no day that can be read. Write 7 December 2026, last Tuesday, yesterday or December 2026."


def day_shown(text: str, *, today: date) -> str:
    """Return the day that a text means as people say it, with its weekday; empty where it cannot be read."""
    day = date_in(text, today=today) if text else ""
    if not is_in_calendar(day):
        return ""
    try:
        return date_format(date.fromisoformat(day), "l j F Y")
    except ValueError:
        return partial_date_in_words(day)


def _instants(day: str, start: time | None, end: time | None, zone: str) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return {}, {"start": "A time needs one exact day: write it above, or leave the time out."}
    if start is None:
        return {}, {"start": "Say when it begins, or leave the end out too."}
    times = {
        "starts_at": datetime.combine(on, start),
        "ends_at": datetime.combine(on, end) if end else None,
        "time_zone": zone_called(zone) or zone,
    }
    return times, {}


def _clock(text: str, name: str, errors: dict[str, str]) -> time | None:
    """Return a time as people write it: 16:00, 16h30, 9, 4 pm."""
    if not text:
        return None
    try:
        return _clock_time(text)
    except ValueError:
        errors[name] = "Write a time such as 16:00."
        return None


def _clock_time(text: str) -> time:
    """Return the time that a text means; raises ValueError for any other text."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(text)
    hour, half = int(found[1]), (found[3] or "").lower().replace(".", "")
    return time(hour % 12 + (12 if half == "pm" else 0) if half else hour, int(found[2] or 0))

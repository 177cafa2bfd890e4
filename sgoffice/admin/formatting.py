"""Readable forms of stored values: imprecise dates, codes of vocabularies, names of fields and languages."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sgoffice.languages.words import day_in_words, partial_date_in_words
from sgoffice.records.models import Marking

#: The colors of the theme for markings and for the verification of sources.
MARKING_COLORS = {Marking.PUBLIC: "success", Marking.INTERNAL: "info", Marking.RESTRICTED: "danger"}
VERIFICATION_COLORS = {"primary": "success", "secondary": "info", "inferred": "warning", "unverified": "danger"}
#: The languages of the office; records may have others by their code.
LANGUAGES = {"en": "English", "fr": "French", "es": "Spanish", "ar": "Arabic"}


def label_of(name: str) -> str:
    """Return the name of a field or the code of a vocabulary as a label: `founded_on` becomes “Founded on”."""
    text = name.strip("/").replace("_", " ").replace("/", " › ")
    return text[:1].upper() + text[1:]


def readable_date(text: str | None) -> str:
    """Return an imprecise date in words: `2016-11` becomes “November 2016”, `196X~` “about the 1960s”."""
    return partial_date_in_words(text)


def readable_time(instant: datetime, zone: str) -> str:
    """Return an instant as the clocks of a place show it, with the place: “7 Dec 2026, 16:00 (Tokyo, UTC+9)”."""
    local = instant.astimezone(ZoneInfo(zone or "UTC"))
    return f"{day_in_words(local)}, {local:%H:%M} ({zone_label(local, zone)})"


def zone_label(local: datetime, zone: str) -> str:
    """Return the zone of a local time as people say it: “Tokyo, UTC+9”."""
    city = zone.rpartition("/")[2].replace("_", " ")
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds() // 60)
    if not minutes:
        return f"{city}, UTC" if city and city != "UTC" else "UTC"
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02}' if rest else ''}"
    return f"{city}, {offset}"


def readable(value: object) -> str | SafeString:
    """Return a stored value as readable text; lists and mappings become one line per item."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return _lines((f"{LANGUAGES.get(key, label_of(str(key)))}: ", readable(item)) for key, item in value.items())
    if isinstance(value, list | tuple):
        return _lines(("", one_line(item)) for item in value)
    return day_in_words(value) if isinstance(value, date) else str(value)


def one_line(value: object) -> str:
    """Return a row of a list as one line, without empty values."""
    if isinstance(value, Mapping):
        return " · ".join(str(one_line(item)) for item in value.values() if item not in (None, "", [], {}))
    if isinstance(value, list | tuple):
        return ", ".join(one_line(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _lines(items: Iterable[tuple[str, str]]) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}{}", items)


def badge(text: str, color: str = "", *, title: str = "") -> SafeString:
    """Return a small colored label; the colors of the theme are success, info, warning and danger."""
    return format_html('<span class="register-badge register-badge-{}" title="{}">{}</span>', color, title, text)


def is_id(value: object) -> bool:
    """Tell whether a value is an id."""
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True

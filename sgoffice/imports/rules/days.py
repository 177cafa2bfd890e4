"""In which order a column writes day and month, where slashes leave it open; and a day and a time in one cell."""

import re
from collections.abc import Iterable

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
_MONTHS = 12
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})")
#: A time behind a day: “2021-03-05 14:30”, “6 March 2019 at 2.30 pm”. One with an offset is no time of the place.
_BEHIND = re.compile(
    r"(?P<day>.*\d.*?)(?:,? (?:at|à|a las|@|um|kl\.?) |[T ]|, )\s*"
    r"(?P<clock>\d{1,2}(?:(?:[:h]\d{2}|\.\d{2}(?= ?[ap]\.?m|$))(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?| ?h| uhr)?"
    r"| ?h(?: ?\d{2})?| ?[ap]\.?m\.?))",
    re.IGNORECASE,
)
#: Programs write it behind a day without a time.
MIDNIGHT = ("", "00:00", "0:00", "00:00:00", "0:00:00", "00:00:00.000")


def split_clock(text: str) -> tuple[str, str]:
    """Return the day of a cell and the time that stands behind it; the whole text and nothing if there is none."""
    found = _BEHIND.fullmatch(text.strip())
    return (found["day"].rstrip(" ,"), found["clock"]) if found else (text, "")


def order_of(texts: Iterable[str]) -> str:
    """Return in which order these dates are written, if any of them tells and none contradicts; else nothing."""
    found = [(int(one[1]), int(one[2])) for text in texts if (one := _SLASHES.fullmatch(split_clock(text)[0].strip()))]
    day_first = any(first > _MONTHS for first, _ in found)
    month_first = any(second > _MONTHS for _, second in found)
    if day_first == month_first:
        return ""
    return DAY_FIRST if day_first else MONTH_FIRST

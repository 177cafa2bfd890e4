"""Times as people write them in a cell: 16:00, 9h30, 2.30 pm, 14:00-15:30."""

import re
from datetime import time

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?[:.h]\s?(?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*"
    r"(?:(?P<half>[ap])\.?\s?m\.?|h|heures|uhr|hrs?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[-–—]|\s(?:to|until|till|à|a|bis|hasta)\s)\s*")
_FRONT = re.compile(r"^(?:from|de|von|at|à|um|a las|desde)\s+", re.IGNORECASE)
#: What a spreadsheet stores of a time without its format: 0.25 is six o'clock there.
_FRACTION = re.compile(r"0?\.\d+")
_HALF = re.compile(r"[ap]\.?\s?m\.?\s*$", re.IGNORECASE)
_NOON = 12


def read_clocks(text: str) -> tuple[str, str]:
    """Return beginning and end that a text says, the end blank if it says none; both blank for what is no time."""
    plain = _FRONT.sub("", text.strip())
    parts = _BETWEEN.split(plain)
    if len(parts) > 2:  # noqa: PLR2004 - a beginning and an end
        return "", ""
    read = [read_clock(part) for part in parts]
    halves = [bool(_HALF.search(part)) for part in parts]
    if not all(read) or halves[-1] != halves[0]:
        return "", ""  # 11-1 pm begins before noon, 1-2 pm after it
    return read[0], read[1] if len(read) > 1 else ""


def read_clock(text: str) -> str:
    """Return a time in ISO 8601; blank for what is none."""
    found = _CLOCK.fullmatch(text.strip())
    if not found or _FRACTION.fullmatch(text.strip()):
        return ""
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= _NOON:
        return ""
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    try:
        return time(hour, int(found["minute"] or 0)).isoformat()
    except ValueError:
        return ""

"""In which order a column writes day and month, where slashes leave it open."""

import re
from collections.abc import Iterable

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
_MONTHS = 12
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(?:\d{4}|\d{2})")


def order_of(texts: Iterable[str]) -> str:
    """Return in which order these dates are written, if any of them tells and none contradicts; else nothing."""
    found = [(int(one[1]), int(one[2])) for text in texts if (one := _SLASHES.fullmatch(text.strip()))]
    day_first = any(first > _MONTHS for first, _ in found)
    month_first = any(second > _MONTHS for _, second in found)
    if day_first == month_first:
        return ""
    return DAY_FIRST if day_first else MONTH_FIRST

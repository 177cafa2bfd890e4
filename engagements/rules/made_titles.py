"""What a meeting is called when nobody says."""

from collections.abc import Sequence

#: Names in a title; who else was met stands on the sheet.
MOST_NAMES = 2


def made_title(kind: str, names: Sequence[str]) -> str:
    """Return the kind of a meeting, and the first who were met."""
    return f"{kind} with {' and '.join(names[:MOST_NAMES])}" if names else kind

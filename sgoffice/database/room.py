"""How much room the disk of the embedded server has left; a server that somebody else runs tells nobody."""

import os
from pathlib import Path

from django.conf import settings

#: Below this PostgreSQL soon refuses every change: a segment of its log takes 16 MB.
NO_ROOM = 64 * 2**20
#: Below this somebody should make room while everything still works.
LITTLE_ROOM = 512 * 2**20


def bytes_left() -> int | None:
    """Return how many bytes the server may still write; None where that is not known."""
    state = settings.DATABASES["default"].get("STATE")
    if not state:
        return None
    folder = Path(state)
    usage = os.statvfs(folder if folder.exists() else folder.parent)
    return usage.f_bavail * usage.f_frsize

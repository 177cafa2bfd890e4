"""The file of an archive: there whole or not at all, and for its user alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


class PackageFailed(Exception):
    """Nothing was made, or what is there is not to be relied on; the text says why and what to do."""


@contextmanager
def written_once(place: Path) -> Iterator[IO[bytes]]:
    """Write a file that only this user can read, and that is there whole or not at all; nothing is overwritten."""
    if place.exists():
        message = f"{place} exists: name another file; nothing is overwritten."
        raise PackageFailed(message)
    part = place.with_name(place.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as output:
            os.fchmod(output.fileno(), 0o600)
            yield output
            output.flush()
            os.fsync(output.fileno())
        part.rename(place)
    except OSError as error:
        message = f"{place} cannot be written: {error.strerror}"
        raise PackageFailed(message) from error
    finally:
        part.unlink(missing_ok=True)

"""Large answers on disk: a file without a name, as long as there is room beside what the database needs."""

import shutil
import tempfile
from collections.abc import Callable, Iterable
from typing import IO, Any

from django.http import FileResponse

#: What must stay free on the disk: answers that nobody reads must not take what the database needs.
_FREE = 1_000_000_000


class NoRoom(Exception):
    """The disk is too full for a large answer."""


class SpooledAnswer(FileResponse):
    """Sends a spool; `traced` is what the trace tells of it."""

    def __init__(self, file: IO[bytes], traced: dict[str, str], **options: Any) -> None:
        super().__init__(file, **options)
        self.spooled, self.traced = file, traced


def spool(write: Callable[[IO[bytes]], None]) -> IO[bytes]:
    """Return a file that `write` has filled, at its beginning; closed if it fails."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it was sent
    try:
        write(file)
        file.flush()
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def spool_of(pieces: Iterable[bytes]) -> IO[bytes]:
    """Return a file of these pieces; raises NoRoom."""

    def write(file: IO[bytes]) -> None:
        for piece in pieces:
            require_room()
            file.write(piece)

    return spool(write)


def require_room() -> None:
    """Raise NoRoom if the disk is too full for more."""
    if shutil.disk_usage(tempfile.gettempdir()).free < _FREE:
        raise NoRoom

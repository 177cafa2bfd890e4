"""The API documents, made once by a process of its own for all that are forked beside it.

To make one touches most of what a worker shares with the others, which would cost each of them 40 MB for good.
"""

import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO

#: Seconds that a reader waits for whoever makes a document, before making it itself.
_PATIENCE = 3
#: Bytes of a digest, and of a digest with the length of the body.
_DIGEST, _HEAD = 32, 44


@dataclass(frozen=True)
class ApiDocument:
    """A document, as it is and compressed."""

    body: bytes
    compressed: bytes
    digest: str


#: The files without a name in which the documents for staff and for partners are handed on.
_files: dict[bool, IO[bytes]] = {}


def open_files() -> None:
    """Give this process, and those that it forks from now on, the files of the documents, empty."""
    _files.update({for_partners: TemporaryFile() for for_partners in (False, True)})  # noqa: SIM115 - kept open


def hand_on(make: Callable[[bool], ApiDocument]) -> None:
    """Make both documents for the processes that have the files too; they wait meanwhile, or until this one ends."""
    for file in _files.values():
        fcntl.lockf(file, fcntl.LOCK_EX)
    for for_partners, file in _files.items():
        document = make(for_partners)
        file.write(b"%s%12d" % (document.digest.encode(), len(document.body)) + document.body + document.compressed)
        file.flush()
        fcntl.lockf(file, fcntl.LOCK_UN)


def read(*, for_partners: bool) -> ApiDocument | None:
    """Return a document that was handed on, after waiting a little for whoever makes it; None if nobody did by then."""
    if for_partners not in _files:
        return None
    number = _files[for_partners].fileno()
    if not _locked(number):
        return None
    content = os.pread(number, os.fstat(number).st_size, 0)
    fcntl.lockf(number, fcntl.LOCK_UN)
    if not content:
        return None
    end = _HEAD + int(content[_DIGEST:_HEAD])
    return ApiDocument(content[_HEAD:end], content[end:], content[:_DIGEST].decode())


def _locked(number: int) -> bool:
    """Lock a file of a document; give up in time, since whoever makes it yields to all others."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        else:
            return True

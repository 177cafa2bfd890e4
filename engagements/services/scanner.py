"""The scanner for harmful files that an installation names: it sees every file before it is stored."""

import shlex
import socket
import struct
import subprocess
from urllib.parse import urlsplit

from django.conf import settings

from sgoffice.records.errors import InvalidEntry, Unavailable

_PATIENCE = 30  # seconds for an answer
_PIECE = 64 * 1024
_CLEAN, _INFECTED = 0, 1


def require_clean(content: bytes) -> None:
    """Raise InvalidEntry for a file in which the scanner finds something, Unavailable if it gives no answer."""
    place: str = settings.FILE_SCANNER
    if not place:
        return
    try:
        found = _by_clamd(place, content) if place.startswith("clamd://") else _by_command(place, content)
    except (OSError, ValueError, IndexError, subprocess.SubprocessError) as error:
        # of the setting itself: quotes without an end, no program, an address that is none
        raise Unavailable("The scanner for files does not answer; nothing was saved.") from error
    if found:
        raise InvalidEntry([("/file", "This file is not accepted: the scanner found something harmful in it.")])


def _by_clamd(place: str, content: bytes) -> bool:
    """Tell whether clamd finds something, by its INSTREAM command."""
    parts = urlsplit(place)
    with socket.socket(socket.AF_INET if parts.hostname else socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_PATIENCE)
        connection.connect((parts.hostname, parts.port or 3310) if parts.hostname else parts.path)
        connection.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            connection.sendall(struct.pack("!L", len(piece)) + piece)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    verdict = answer.rstrip(b"\0\n").rpartition(b" ")[2]
    if verdict not in {b"OK", b"FOUND"}:
        raise OSError(f"clamd answered {answer[:200]!r}")
    return verdict == b"FOUND"


def _by_command(command: str, content: bytes) -> bool:
    """Tell whether a program finds something: it gets the file on its input and ends with 0 (clean) or 1."""
    done = subprocess.run(  # noqa: S603 - the operator's own setting, never a shell
        shlex.split(command), input=content, capture_output=True, timeout=_PATIENCE, check=False
    )
    if done.returncode not in {_CLEAN, _INFECTED}:
        raise OSError(f"the scanner ended with {done.returncode}")
    return done.returncode == _INFECTED

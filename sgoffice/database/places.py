"""Folders of the embedded server: its state, and the short path where it listens.

Root's server runs as `nobody`, who must be able to pass every folder above the data: where that cannot be, the state of
root lies below ROOT_STATE.
"""

import hashlib
import os
import pwd
import re
import tempfile
from pathlib import Path

from sgoffice.database.errors import ServerError

#: Where root keeps what the server's own user must reach although the checkout is closed to others.
ROOT_STATE = Path("/var/lib/sgoffice")
_LONGEST_SOCKET_FOLDER = 70
#: PostgreSQL reads the socket's folder from a list with quotes and commas, through a shell.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.+-]+")


def key_of(state: Path) -> str:
    """Return a short name for a state folder, however long its path is."""
    return hashlib.sha256(str(state).encode()).hexdigest()[:10]


def is_reachable(path: Path) -> bool:
    """Tell whether users other than the owner can come to this path."""
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents) if place.exists())


def usable_state(state: Path, server_uid: int) -> Path:
    """Return the folder that keeps the server's state, made if need be.

    Raises ServerError when it cannot be written, or belongs to somebody else's server.
    """
    try:
        _make(state)
        if os.geteuid() == 0 and not is_reachable(state):
            state = ROOT_STATE / key_of(state)
            _make(state)
    except OSError as error:
        message = f"{state} cannot be made ({error.strerror}): set SGOFFICE_STATE to a folder that you can write to."
        raise ServerError(message) from error
    _require_own(state, server_uid)
    return state


def _make(folder: Path) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True)
        if os.geteuid() == 0:
            place.chmod(0o711)


def _require_own(state: Path, server_uid: int) -> None:
    data = state / "data"
    found = data.stat().st_uid if data.exists() else server_uid
    if found == server_uid and os.access(state, os.W_OK | os.X_OK):
        return
    owner = state.stat().st_uid
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"user {owner}"
    message = f"The database in {state} belongs to {name}: run this as {name}, or set SGOFFICE_STATE to another folder."
    raise ServerError(message)


def socket_folder(state: Path, server_uid: int) -> Path:
    """Return where the server of this state will listen; raises ServerError when no short path can be written."""
    for place in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - a folder of mode 0700 is made in it
        if len(place) < _LONGEST_SOCKET_FOLDER and _PLAIN_PATH.fullmatch(place) and os.access(place, os.W_OK):
            return Path(place) / f"sgoffice-{server_uid}-{key_of(state)}"
    message = "No folder for the server's socket: set TMPDIR to a short path that you can write to."
    raise ServerError(message)


def prepare_socket_folder(place: Path, server_uid: int, server_gid: int) -> None:
    """Make the folder where the server listens, closed to everybody else.

    Raises ServerError when somebody else made it first.
    """
    place.mkdir(mode=0o700, exist_ok=True)
    found = place.lstat()
    if place.is_symlink() or not place.is_dir() or found.st_uid not in {server_uid, os.geteuid()}:
        message = f"{place} belongs to somebody else: remove it, or set TMPDIR to a folder of your own."
        raise ServerError(message)
    place.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(place, server_uid, server_gid)

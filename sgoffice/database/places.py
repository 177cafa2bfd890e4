"""Folders of the embedded server: its state, and the short path of its socket.

The server of root runs under an account of its own, which must be able to enter every folder above the data. Where that
is impossible, the state of root is below ROOT_STATE. The state itself is closed to everybody else.
"""

import hashlib
import os
import pwd
import re
import tempfile
from pathlib import Path

from sgoffice.database.errors import ServerError
from sgoffice.database.server_account import shared_uid

#: Where root keeps what the user of the server must reach if the checkout is closed to others.
ROOT_STATE = Path("/var/lib/sgoffice")
_LONGEST_SOCKET_FOLDER = 70
#: PostgreSQL parses the folder of the socket from a list with quotes and commas, through a shell.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.+-]+")


def key_of(state: Path) -> str:
    """Return a short name for a state folder."""
    return hashlib.sha256(str(state).encode()).hexdigest()[:10]


def is_reachable(path: Path) -> bool:
    """Tell whether other users can reach this path."""
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents) if place.exists())


def usable_state(state: Path, account: pwd.struct_passwd) -> Path:
    """Return the folder for the state of the server, created if necessary and closed to other users.

    Raises ServerError if it cannot be written or belongs to another user's server.
    """
    try:
        _make(state.parent)
        if os.geteuid() == 0 and not is_reachable(state.parent):
            state = ROOT_STATE / key_of(state)
            _make(state.parent)
        state.mkdir(mode=0o700, exist_ok=True)
        _close(state, account)
    except OSError as error:
        message = f"{state} cannot be created ({error.strerror}): set SGOFFICE_STATE to a folder that you can write to."
        raise ServerError(message) from error
    _require_own(state, account.pw_uid)
    return state


def _make(folder: Path) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            place.chmod(0o711)


def _close(state: Path, account: pwd.struct_passwd) -> None:
    """Let nobody but its user enter the folder; with root's, the account of the server too."""
    if os.geteuid() == 0:
        os.chown(state, -1, account.pw_gid)
        state.chmod(0o710)
    elif state.stat().st_uid == os.geteuid():
        state.chmod(0o700)


def _require_own(state: Path, server_uid: int) -> None:
    data = state / "data"
    found = data.stat().st_uid if data.exists() else server_uid
    expected = {server_uid, shared_uid()} if os.geteuid() == 0 else {server_uid}
    if found in expected and os.access(state, os.W_OK | os.X_OK):
        return
    owner = state.stat().st_uid
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"user {owner}"
    message = f"The database in {state} belongs to {name}: run this as {name}, or set SGOFFICE_STATE to another folder."
    raise ServerError(message)


def socket_folder(state: Path, server_uid: int) -> Path:
    """Return the socket folder for this state; raises ServerError if no short path is writable."""
    for place in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - a folder of mode 0700 is made in it
        if len(place) < _LONGEST_SOCKET_FOLDER and _PLAIN_PATH.fullmatch(place) and os.access(place, os.W_OK):
            return Path(place) / f"sgoffice-{server_uid}-{key_of(state)}"
    message = "No folder for the server's socket: set TMPDIR to a short path that you can write to."
    raise ServerError(message)


def prepare_socket_folder(place: Path, server_uid: int, server_gid: int) -> None:
    """Create the socket folder, closed to other users.

    Raises ServerError if another user created it first.
    """
    place.mkdir(mode=0o700, exist_ok=True)
    found = place.lstat()
    if place.is_symlink() or not place.is_dir() or found.st_uid not in {server_uid, os.geteuid()}:
        message = f"{place} belongs to somebody else: remove it, or set TMPDIR to a folder of your own."
        raise ServerError(message)
    place.chmod(0o700)
    if os.geteuid() == 0:
        os.chown(place, server_uid, server_gid)

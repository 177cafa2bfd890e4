"""The account that runs the embedded server: the user's own, and for root one that no other service has.

PostgreSQL refuses to run as root. The account `nobody` is shared by the whole machine: any of its processes could read
the data.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from sgoffice.database.errors import ServerError

ACCOUNT = "sgoffice-db"
_SHARED = "nobody"
_ADVICE = (
    f"PostgreSQL does not run as root, and the account {ACCOUNT!r} for it cannot be created here. Create it "
    f"(`useradd --system --user-group {ACCOUNT}`), run this as an ordinary user, or set DATABASE_URL."
)


def server_account() -> pwd.struct_passwd:
    """Return the account for the server, created on first use by root. Raises ServerError if that is impossible."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    with suppress(KeyError):
        return pwd.getpwnam(ACCOUNT)
    with Path("/etc/passwd").open(encoding="utf-8") as accounts:
        fcntl.flock(accounts, fcntl.LOCK_EX)  # one process creates it, the others wait
        with suppress(KeyError):
            return pwd.getpwnam(ACCOUNT)
        _create()
    try:
        return pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise ServerError(_ADVICE) from None


def _create() -> None:
    system = "/usr/sbin:/sbin"
    if program := shutil.which("useradd", path=system) or shutil.which("useradd"):
        shell = shutil.which("nologin", path=system) or "/bin/false"
        options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell", shell]
        subprocess.run([program, *options, ACCOUNT], check=False, capture_output=True)


def shared_uid() -> int | None:
    """Return the user id of `nobody`, who ran the servers of root before."""
    with suppress(KeyError):
        return pwd.getpwnam(_SHARED).pw_uid
    return None


def take_over(state: Path, account: pwd.struct_passwd) -> None:
    """Give the data of a stopped server that `nobody` ran to its own account."""
    data = state / "data"
    if os.geteuid() != 0 or not data.exists() or data.stat().st_uid != shared_uid():
        return
    for folder, _, files in os.walk(data):
        for place in (folder, *(f"{folder}/{name}" for name in files)):
            os.chown(place, account.pw_uid, account.pw_gid, follow_symlinks=False)

"""State folders of registers that tests start: migrated once, then copied, which takes a second instead of twenty."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.databases import ROOT, fingerprint

_MADE_FROM = ("migrations/*.py", "*.sql", "grants.py", "schema.json", "roles.py", "server.py", "server_account.py")


def fill_migrated(state: Path) -> None:
    """Make a state folder what `manage.py migrate` makes of an empty one, with the server stopped.

    All copies have the same secret key and passwords. test_start.py begins once with nothing.
    """
    home = Path(os.environ.get("SGOFFICE_STATE") or ROOT / "var" / "tests")
    home.mkdir(parents=True, exist_ok=True)
    made = home / f"migrated-{fingerprint(*_MADE_FROM)}"
    with (home / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            for old in home.glob("migrated-*"):
                shutil.rmtree(old)
            _make(made)
        state.mkdir(exist_ok=True)
        _copy(made, state)


def _make(made: Path) -> None:
    outside = {"DATABASE_URL", "DATABASE_OWNER_URL"}
    environment = {name: value for name, value in os.environ.items() if name not in outside}
    # where the user of the server can reach it, which a checkout may forbid
    with tempfile.TemporaryDirectory(prefix="sgoffice-migrated-", dir="/tmp") as place:
        Path(place).chmod(0o711)
        state = Path(place) / "state"
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, text=True, capture_output=True,
            env=environment | {"SGOFFICE_STATE": str(state), "SGOFFICE_PG_FAST": "1"}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        unfinished = made.parent / "migrated-unfinished"
        unfinished.mkdir()
        _copy(state, unfinished)
        unfinished.rename(made)


def _copy(source: Path, target: Path) -> None:
    """Copy with owners: the server of root has an account of its own."""
    subprocess.run(["cp", "-a", f"{source}/.", str(target)], check=True)

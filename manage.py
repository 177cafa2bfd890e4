#!/usr/bin/env python3
"""The command line. On a bare interpreter it first makes .venv from the lock: python3 (3.11 or newer) and pip suffice.

`manage.py start` runs the register, `manage.py test` its tests; everything else is Django's.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON, OLDEST_PIP = (3, 11), (22, 3)


def enter_own_environment() -> None:
    """Run this command again inside .venv, made or brought up to date from the lock; do nothing inside any venv."""
    if sys.prefix != sys.base_prefix or os.environ.get("SGOFFICE_SYSTEM_PYTHON"):
        return
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}: run manage.py with a newer one."
        )
    lock = HERE / ("requirements-dev.lock" if sys.argv[1:2] == ["test"] else "requirements.lock")
    environment = Path(os.environ.get("SGOFFICE_VENV") or HERE / ".venv")
    python, stamp = environment / "bin" / "python", environment / f"{lock.name}.sha256"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not python.exists() or not stamp.exists() or stamp.read_text(encoding="utf-8") != digest:
        fill(environment, python, lock)
        stamp.write_text(digest, encoding="utf-8")
    os.execv(python, [str(python), __file__, *sys.argv[1:]])  # noqa: S606 - our own interpreter


def fill(environment: Path, python: Path, lock: Path) -> None:
    """Make the virtual environment if need be and install exactly what the lock names, checked by hash."""
    require_pip()
    print(f"Preparing {environment.name} from {lock.name} (once, about half a minute) ...", file=sys.stderr, flush=True)  # noqa: T201
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    install = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), *install, "-r", str(lock)], check=False
    )
    if done.returncode:
        sys.exit(
            f"The packages of {lock.name} could not be installed; pip says why above. Without a network, set "
            "PIP_FIND_LINKS to a folder that holds them; then run the same command again."
        )


def require_pip() -> None:
    """Stop with advice when pip is missing or too old to install into another environment."""
    done = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(
            "pip is missing: install it for this Python (on Debian: apt install python3-pip), then run this again."
        )
    version = tuple(int(part) for part in done.stdout.split()[1].split(".")[:2])
    if version < OLDEST_PIP:
        sys.exit(f"pip 22.3 or newer is needed, and this is {done.stdout.split()[1]}: python3 -m pip install -U pip")


def run_tests(arguments: list[str]) -> int:
    """Run pytest on all cores, unless the caller says how many."""
    import pytest

    # never the database that `start` serves, and without waiting for the disk
    os.environ.setdefault("SGOFFICE_STATE", str(HERE / "var" / "tests"))
    os.environ.setdefault("SGOFFICE_PG_FAST", "1")
    given = any(item.startswith(("-n", "--numprocesses", "--pdb")) for item in arguments)
    return int(pytest.main([*([] if given else ["-n", "logical"]), *arguments]))


if __name__ == "__main__":
    enter_own_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    if sys.argv[1:2] == ["test"]:
        sys.exit(run_tests(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)

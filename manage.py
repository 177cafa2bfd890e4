#!/usr/bin/env python3
"""The command line. On a bare interpreter it first makes .venv from the lock: python3 (3.11 or newer) and pip suffice.

`manage.py start` runs the register, `manage.py test` its tests; everything else is Django's.
"""

import fcntl
import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON, OLDEST_PIP = (3, 11), (22, 3)
TERMINATED = 128 + signal.SIGTERM


def enter_own_environment() -> None:
    """Run this command again inside .venv, made or brought up to date from the lock; do nothing inside any venv."""
    if sys.prefix != sys.base_prefix or os.environ.get("SGOFFICE_SYSTEM_PYTHON"):
        return
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}: run manage.py with a newer one."
        )
    lock = HERE / ("requirements-dev.lock" if sys.argv[1:2] == ["test"] else "requirements.lock")
    environment = environment_for(lock)
    if not is_current(environment, lock):
        try:
            environment.mkdir(parents=True, exist_ok=True)
            install_packages_once(environment, lock)
        except OSError as error:
            sys.exit(f"{environment} cannot be made ({error.strerror}): set SGOFFICE_VENV to a folder of your own.")
    python = environment / "bin" / "python"
    os.execv(python, [str(python), __file__, *sys.argv[1:]])  # noqa: S606 - our own interpreter


def writable_home() -> Path:
    """Return the checkout, or the folder that stands for one that this user cannot write."""
    if os.access(HERE, os.W_OK):
        return HERE
    states = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return states / "sgoffice" / hashlib.sha256(str(HERE).encode()).hexdigest()[:10]


def environment_for(lock: Path) -> Path:
    """Return the virtual environment to use: the checkout's if it is ready or can be made, else one of our own."""
    if named := os.environ.get("SGOFFICE_VENV"):
        return Path(named)
    beside = HERE / ".venv"
    return beside if is_current(beside, lock) else writable_home() / ".venv"


def is_current(environment: Path, lock: Path) -> bool:
    """Tell whether the environment holds exactly what this lock names."""
    stamp = stamp_of(environment, lock)
    python = environment / "bin" / "python"
    return python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest_of(lock)


def stamp_of(environment: Path, lock: Path) -> Path:
    """Return the file in which an environment says what was installed."""
    return environment / f"{lock.name}.sha256"


def digest_of(lock: Path) -> str:
    """Return what a lock is recognized by."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install_packages_once(environment: Path, lock: Path) -> None:
    """Fill the environment unless another process, for which this one waits, has just done so."""
    with (environment / "filling.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if is_current(environment, lock):
            return
        install_packages(environment, lock)
        stamp_of(environment, lock).write_text(digest_of(lock), encoding="utf-8")


def install_packages(environment: Path, lock: Path) -> None:
    """Make the virtual environment if need be and install exactly what the lock names, checked by hash."""
    require_pip()
    sys.stderr.write(f"Preparing {environment.name} from {lock.name} (once, about half a minute) ...\n")
    sys.stderr.flush()
    python = environment / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=False)
        if made.returncode:
            sys.exit(
                "The virtual environment could not be made; Python says why above (on Debian: apt install python3)."
            )
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

    # a state of their own, never the one that `start` serves, and without waiting for the disk
    state = os.environ.get("SGOFFICE_STATE") or writable_home() / "var"
    os.environ["SGOFFICE_STATE"] = str(Path(state).resolve() / "tests")
    os.environ.setdefault("SGOFFICE_PG_FAST", "1")
    given = any(item.startswith(("-n", "--numprocesses", "--pdb")) for item in arguments)
    return int(pytest.main([*([] if given else ["-n", "logical"]), *arguments]))


def run_command(arguments: list[str]) -> None:
    """Run one of Django's commands; settings that cannot be read end in a sentence, not in a traceback."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, ValueError) as error:
        sys.exit(f"The settings cannot be used: {error}")
    execute_from_command_line(arguments)


def exit_on_signal(number: int, frame: object) -> None:
    """End as a command that is finished does, so that the embedded server is stopped with its last user."""
    sys.exit(TERMINATED)


if __name__ == "__main__":
    enter_own_environment()
    signal.signal(signal.SIGTERM, exit_on_signal)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    if sys.argv[1:2] == ["test"]:
        sys.exit(run_tests(sys.argv[2:]))
    run_command(sys.argv)

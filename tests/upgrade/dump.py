"""A small register of this version as plain SQL: `python -m tests.upgrade.dump` makes it, once for each release.

Whatever PostgreSQL the register supports can read it: rows are inserted, and what only the newest server knows is left
out. It is the owner who restores it.
"""

import gzip
import re
import sys
from pathlib import Path

import sgoffice
from tests.upgrade.copies import migrated_database

DUMPS = Path(__file__).parent
_ONLY_NEW_OR_OF_A_SUPERUSER = re.compile(
    r"^(\\(un)?restrict |SET transaction_timeout |COMMENT ON EXTENSION ).*\n", re.MULTILINE
)


def script_of(name: str) -> str:
    """Return the SQL that makes this database again, schema and rows."""
    from django.db import connections  # the settings are needed first
    from psycopg.conninfo import make_conninfo

    from sgoffice.database.server import embedded_server

    owner = connections["owner"]
    parameters = owner.get_connection_params()
    wanted = {key: parameters[key] for key in ("host", "user", "password")}
    script = embedded_server(Path(owner.settings_dict["STATE"])).run(
        "pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100",
        f"--dbname={make_conninfo(dbname=name, **wanted)}",
    )  # fmt: skip
    return _ONLY_NEW_OR_OF_A_SUPERUSER.sub("", script)


def make(place: Path) -> None:
    """Write the dump of a register that was filled for it."""
    with migrated_database() as name:
        from tests.upgrade import register

        register.fill()
        if missing := register.tables_without_rows():
            sys.exit(f"Nothing would be in {', '.join(sorted(missing))}: add it to tests/upgrade/register.py.")
        place.write_bytes(gzip.compress(script_of(name).encode(), mtime=0))


if __name__ == "__main__":
    wanted = DUMPS / f"{sgoffice.__version__}.sql.gz"
    if wanted.exists():
        sys.exit(f"{wanted.name} is there, and what was released does not change: give pyproject.toml a newer version.")
    make(wanted)

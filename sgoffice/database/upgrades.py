"""Migrate a database in use: one process at a time, with short waits for locks and retries.

An ALTER TABLE that waits for one reader blocks every reader behind it. So no statement waits longer than LOCK_TIMEOUT,
and failed ones are retried after a pause in which readers proceed. LOCK_TIMEOUT exceeds PostgreSQL's deadlock_timeout
(1 s), after which a blocked statement cancels an autovacuum that blocks it.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from sgoffice.database.schema import MIGRATING_LOCK

LOCK_TIMEOUT = "2s"
PATIENCE = 120.0  # seconds; a dump, which locks every table, may take longer: then one waits for its end
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 8.0
_BUSY = {"55P03": "lock_not_available", "40P01": "deadlock_detected"}
#: The apps that had migrations before version 0.2.0, whose first migration is the one of this app.
_FROM_BEFORE = {
    "accounts", "agreements", "api", "appointments", "directory", "engagements", "feed", "partners", "records",
}  # fmt: skip
_TOO_OLD = (
    "This database was made before version 0.2.0, the first release, and cannot be upgraded; nothing was changed. "
    "Begin a new register: name an empty database in DATABASE_URL or an empty folder in SGOFFICE_STATE. What is to be "
    "kept is exported over the API by the program that made it."
)
_UNFINISHED = """
    SELECT quote_ident(c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE NOT i.indisvalid AND c.relnamespace = 'public'::regnamespace
"""


def require_upgradable(connection: BaseDatabaseWrapper) -> None:
    """Raise CommandError for a database from before 0.2.0, before changing anything."""
    applied = MigrationRecorder(connection).applied_migrations()
    if ("database", "0001_initial") not in applied and _FROM_BEFORE & {app for app, _ in applied}:
        raise CommandError(_TOO_OLD)


def patiently(
    work: Callable[[], None], connection: BaseDatabaseWrapper, *, patience: float, say: Callable[[str], None]
) -> None:
    """Run `work` while no other process migrates, and retry while other sessions hold locks that it needs.

    Raises CommandError after `patience` seconds; what was finished by then stays.
    """
    end, pause = time.monotonic() + patience, _FIRST_PAUSE
    while True:
        try:
            with _alone(connection):
                work()
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in _BUSY:
                raise
            if time.monotonic() + pause > end:
                message = (
                    f"Other sessions held a lock that this needs for {patience:.0f} seconds: {error}"
                    "What was applied so far stays; run migrate again when they are done."
                )
                raise CommandError(message) from error
            say(f"Another session holds a lock that this needs; trying again in {pause:.1f} s.")
            time.sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 - so that two processes do not collide repeatedly
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return


@contextmanager
def _alone(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor, ExitStack() as undone:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        undone.callback(cursor.execute, "RESET lock_timeout")
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING_LOCK])
        undone.callback(cursor.execute, "SELECT pg_advisory_unlock(%s)", [MIGRATING_LOCK])
        _drop_unfinished_indexes(connection)
        yield


def _drop_unfinished_indexes(connection: BaseDatabaseWrapper) -> None:
    """Drop unfinished indexes of an interrupted CREATE INDEX CONCURRENTLY: they are useless and occupy their names."""
    with connection.cursor() as cursor:
        cursor.execute(_UNFINISHED)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX CONCURRENTLY {name}")

"""What an operator needs to know of an installation, line by line: what is well, and what is to be done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from sgoffice import __version__
from sgoffice.accounts.models import User
from sgoffice.accounts.services import lacks_second_factor
from sgoffice.changes import clock, integrity, today
from sgoffice.database import limits, room, schema, secret_key
from sgoffice.database.errors import ServerError
from sgoffice.history import checkpoints
from sgoffice.history.signing import UnusableKey
from sgoffice.records.models import Verification
from sgoffice.running import backups, safety
from sgoffice.running.background import queue_lengths
from sgoffice.settings.environment import read_environment

#: A backup that is older is no protection for what was entered since.
_BACKUP_AGE = timedelta(days=8)
#: Who signs in here, and who owns the tables.
_ROLES = """
    SELECT current_user, string_agg(DISTINCT tableowner, ', ') FROM pg_tables WHERE schemaname = 'public'
"""


@dataclass(frozen=True)
class Finding:
    """One line: `fault` says what to do; without one all is well."""

    about: str
    state: str
    fault: str = ""


def findings() -> Iterator[Finding]:
    """Look at everything; what cannot be asked is a finding too."""
    for about, look in _LOOKS.items():
        try:
            yield look()
        except (DatabaseError, ServerError) as error:
            yield Finding(about, "cannot be asked", str(error).strip().splitlines()[0])


def _program() -> Finding:
    return Finding("program", f"version {__version__}, state in {read_environment().state}")


def _database() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database()) >> 20")
        version, size = cursor.fetchone()
    way = "through a pooler" if connection.settings_dict.get("IS_POOLED") else "directly"
    return Finding("database", f"PostgreSQL {version}, {size} MB, reached {way}")


def _roles() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(_ROLES)
        serves, owns = cursor.fetchone()
    return Finding("roles", f"{serves} serves, {owns} owns the tables")  # what is wrong with them: safety


def _schema() -> Finding:
    found = schema.faults(connection)
    if not found:
        return Finding("schema", "as this version needs it")
    return Finding("schema", "older, or altered", f"Run `manage.py migrate`. Different: {', '.join(found)}.")


def _limits() -> Finding:
    found = limits.missing("default")
    advice = f"{'; '.join(found)}. Behind a pooler set SGOFFICE_POOLED and run `manage.py migrate`." if found else ""
    return Finding("limits of waits", "not in force" if found else "in force", advice)


def _key() -> Finding:
    is_ours = secret_key.is_ours()
    return Finding("secret key", "the register's" if is_ours else "another one", "" if is_ours else secret_key.ANOTHER)


def _room() -> Finding:
    left = room.bytes_left()
    if left is None:
        return Finding("room", "not known: the disk of the database is on another machine")
    advice = "Make room: soon nothing can be saved." if left < room.LITTLE_ROOM else ""
    return Finding("room", f"{left >> 20} MB left on the database's disk", advice)


def _clock() -> Finding:
    late = {name: state for name, state in clock.pass_states(today.now()).items() if state != "on_time"}
    said = ", ".join(f"{name} {state}" for name, state in late.items())
    return Finding("clock", said or "on time", "Does `manage.py work` or `start` run? See its log." if late else "")


def _verification() -> Finding:
    newest, is_degraded = Verification.objects.first(), integrity.is_degraded(timezone.now())
    if newest is None:
        return Finding("verification", "has not run yet: it does each night")
    return Finding(
        "verification",
        f"{newest.at:%Y-%m-%d %H:%M} UTC, {newest.fault_count} faults",
        "Run `manage.py verify_history`." if is_degraded else "",
    )


def _checkpoint() -> Finding:
    try:
        newest = checkpoints.newest()
    except (checkpoints.Unsound, UnusableKey, OSError) as error:
        return Finding("checkpoints", "cannot be relied on", str(error))
    if newest is None:
        return Finding("checkpoints", "none yet")
    return Finding("checkpoints", f"number {newest.number}, {newest.at:%Y-%m-%d %H:%M} UTC, in {checkpoints.folder()}")


def _backup() -> Finding:
    """Look at the last backup by our own command; other programs make theirs, and tell us nothing."""
    newest = backups.newest()
    if newest is None:
        return Finding("backup", "none was made by `manage.py backup` with this state folder")
    age = timezone.now() - datetime.fromisoformat(newest["at"])
    way = "encrypted" if newest["is_encrypted"] else "not encrypted"
    advice = "Make one, on a timer: `manage.py backup FILE`." if age > _BACKUP_AGE else ""
    return Finding("backup", f"{newest['file']}, {age.days} days old, {way}", advice)


def _queues() -> Finding:
    return Finding("queues", ", ".join(f"{name} {count}" for name, count in queue_lengths().items()))


def _second_factors() -> Finding:
    count = sum(lacks_second_factor(user) for user in User.objects.filter(is_active=True))
    advice = "Whoever knows such a password sets up a factor with it: ask them to sign in now." if count else ""
    return Finding("second factors", f"{count} of staff lack one that their role needs", advice)


def _safety() -> Finding:
    found = [f"{fault.msg} {fault.hint}" for fault in safety.faults()]
    if found and not settings.IS_PRODUCTION:
        return Finding("fit to serve others", f"no, and it serves this machine only ({len(found)} reasons)")
    return Finding("fit to serve others", "no" if found else "yes", " ".join(found))


_LOOKS: dict[str, Callable[[], Finding]] = {
    "program": _program,
    "database": _database,
    "roles": _roles,
    "schema": _schema,
    "limits of waits": _limits,
    "secret key": _key,
    "room": _room,
    "clock": _clock,
    "verification": _verification,
    "checkpoints": _checkpoint,
    "backup": _backup,
    "queues": _queues,
    "second factors": _second_factors,
    "fit to serve others": _safety,
}

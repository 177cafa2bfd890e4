"""The limits of waits (decision 28) as settings of the application's role: for poolers, which start no session anew.

Without a pooler each connection says them when it starts.
"""

from contextlib import suppress

from django.db import OperationalError, connections
from psycopg import sql

_IN_FORCE = "SELECT name, current_setting(name) FROM unnest(%s::text[]) AS name"
#: Sessions that began before the role had its limits; a pooler opens others. Its own comes last.
_END_OLDER = """
    SELECT pg_terminate_backend(pid) FROM (
        SELECT pid FROM pg_stat_activity
        WHERE usename = current_user AND datname = current_database() AND (state = 'idle' OR pid = pg_backend_pid())
        ORDER BY pid = pg_backend_pid()
    ) AS older
"""


def missing(alias: str) -> list[str]:
    """Return the limits that do not hold for a connection, each with what it is instead."""
    wanted = connections[alias].settings_dict["LIMITS"]
    with connections[alias].cursor() as cursor:
        cursor.execute(_IN_FORCE, [list(wanted)])
        return [f"{name} is {value}, not {wanted[name]}" for name, value in cursor.fetchall() if value != wanted[name]]


def give_to_role(alias: str) -> None:
    """Give the role its limits in this database, as every role may itself; older sessions are ended."""
    if not missing(alias):
        return
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        role, database = map(sql.Identifier, cursor.fetchone())
        for name, value in connection.settings_dict["LIMITS"].items():
            statement = sql.SQL("ALTER ROLE {} IN DATABASE {} SET {} = {}")
            cursor.execute(statement.format(role, database, sql.Identifier(name), sql.Literal(value)))
        with suppress(OperationalError):  # the last that it ends is this one
            cursor.execute(_END_OLDER)
    connection.close()

"""The rights of the application's role: it works with rows and only reads what the database writes itself."""

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

#: Tables that only triggers (SECURITY DEFINER) or migrations write. History tables are recognized by HISTORY.
READ_ONLY = (
    "records_entry",
    "feed_stream",
    "feed_streamrow",
    "feed_pending",
    "feed_pendingcommit",
    "feed_epoch",
    "django_migrations",
    "database_schema",
)
HISTORY = "history_"
#: Tables to which the application adds rows, and changes none.
APPEND_ONLY = ("trace_item", "verification_run")

_NAMES = """
    SELECT c.relname, c.relkind FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'S')
"""
#: What the application may call with the owner's rights: it refuses whatever no two people approved.
CALLED = ("history_redact",)
#: Functions with the owner's rights are for triggers; nobody else may call them.
_OWNERS_FUNCTIONS = """
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
"""


def grant_rights(alias: str, application: str) -> None:
    """Grant the application's role what it needs on this database, and revoke everything else.

    Does nothing if owner and application are the same role. The rights change in one transaction: running requests do
    not notice, and an interruption changes nothing.
    """
    with transaction.atomic(alias), connections[alias].cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (application,):
            return
        role = sql.Identifier(application)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        _keep_from_writing(cursor, role)
        _keep_from_changing(cursor, role)
        _keep_from_calling(cursor, role)
        cursor.execute("SELECT current_database()")
        cursor.execute(without_temporary_tables(cursor.fetchone()[0]))


def without_temporary_tables(database: str) -> sql.Composed:
    """Return the statement that lets only the owner create temporary tables; copies of a database do not inherit it."""
    return sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database))


def is_read_only(table: str) -> bool:
    return table.startswith(HISTORY) or table in READ_ONLY


def _keep_from_writing(cursor: CursorWrapper, role: sql.Identifier) -> None:
    cursor.execute(_NAMES)
    for name, kind in cursor.fetchall():
        if not is_read_only(name.removesuffix("_id_seq")):
            continue
        statement = (
            "REVOKE ALL ON SEQUENCE {} FROM {}" if kind == "S" else "REVOKE INSERT, UPDATE, DELETE ON {} FROM {}"
        )
        cursor.execute(sql.SQL(statement).format(sql.Identifier(name), role))


def _keep_from_changing(cursor: CursorWrapper, role: sql.Identifier) -> None:
    cursor.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename = ANY(%s)", [[*APPEND_ONLY]]
    )
    for (name,) in cursor.fetchall():
        cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(name), role))


def _keep_from_calling(cursor: CursorWrapper, role: sql.Identifier) -> None:
    cursor.execute(_OWNERS_FUNCTIONS)
    for (signature,) in cursor.fetchall():
        function = sql.SQL(signature)
        cursor.execute(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(function))
        if signature.partition("(")[0] in CALLED:
            cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))

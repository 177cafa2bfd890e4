"""What the application's role may do: work with rows, and only read what the database writes itself."""

from django.db import connections
from psycopg import sql

#: Written by triggers alone (SECURITY DEFINER): the application reads them.
READ_ONLY = (
    "history_transaction",
    "history_entry",
    "history_payload",
    "history_link",
    "records_entry",
    "django_migrations",
)


def give(alias: str, application: str) -> None:
    """Give the application's role what it needs on the tables of this database, and take away all else.

    Does nothing where owner and application are one role.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone() == (application,):
            return
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        role = sql.Identifier(application)
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {role}",
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        ):
            cursor.execute(sql.SQL(statement).format(role=role))
        for table in set(READ_ONLY) & set(tables):
            statement = sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {table} FROM {role}")
            cursor.execute(statement.format(table=sql.Identifier(table), role=role))

"""The database engine: Django's for PostgreSQL, which starts the embedded server before it connects."""

import select
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from django.db.backends.postgresql.schema import DatabaseSchemaEditor

from sgoffice.database import roles
from sgoffice.database.errors import note_unknown_outcome
from sgoffice.database.pulse import pulse
from sgoffice.database.server import embedded_server
from sgoffice.database.watched import DatabaseSilent, WatchedConnection

#: What new connections of this process have around each of their statements.
around_statements: list[Callable[..., Any]] = []
#: The class of errors with which PostgreSQL ends a connection.
_SHUTDOWN = "57P"


class SchemaEditor(DatabaseSchemaEditor):
    """Lets what is built CONCURRENTLY wait for locks as long as it must: nobody waits behind it.

    A migration that was interrupted between two indexes goes on: the first is there (an unfinished one was dropped).
    """

    sql_create_index_concurrently = DatabaseSchemaEditor.sql_create_index_concurrently.replace(
        "CONCURRENTLY ", "CONCURRENTLY IF NOT EXISTS "
    )

    def execute(self, sql: Any, params: Any = ()) -> None:
        """Run a statement."""
        if self.collect_sql or " CONCURRENTLY " not in str(sql):
            super().execute(sql, params)
            return
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            [limit] = cursor.fetchone()
            cursor.execute("SET lock_timeout = 0")
            try:
                super().execute(sql, params)
            finally:
                cursor.execute("SELECT set_config('lock_timeout', %s, false)", [limit])


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; with the setting STATE (a folder), the embedded server in that folder.

    PROGRAMS is the folder of its programs, IS_DURABLE whether it waits for the disk. With IS_WATCHED nobody waits for
    a server that hangs.
    """

    SchemaEditorClass = SchemaEditor

    def is_usable(self) -> bool:
        """Tell whether the server still has the connection: an idle socket with data to read was closed.

        Django asks before each request; asking the server would cost more than many responses.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or super().is_usable()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; of a process that serves requests, by a connection that gives up on a server that hangs."""
        if not self.settings_dict.get("IS_WATCHED"):
            return super().get_new_connection(conn_params)
        pulse.listen_to(conn_params)
        if pulse.is_silent:
            message = "the database answers nobody"
            raise DatabaseSilent(message)
        pulse.ask()  # a server that hangs may still take the connection, and then says nothing
        self.isolation_level = IsolationLevel.READ_COMMITTED
        return WatchedConnection.connect(**conn_params)

    def init_connection_state(self) -> None:
        """Prepare a new connection."""
        super().init_connection_state()
        self.execute_wrappers += [one for one in around_statements if one not in self.execute_wrappers]

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave it out
        except OperationalError as error:
            if not (getattr(error.__cause__, "sqlstate", None) or _SHUTDOWN).startswith(_SHUTDOWN):
                raise  # the server says that it did not commit
            note_unknown_outcome(error)
            raise

    def get_connection_params(self) -> dict[str, Any]:
        """Return the parameters of the connection, after starting the embedded server if necessary."""
        parameters = super().get_connection_params()
        state = self.settings_dict.get("STATE")
        if state:
            server = embedded_server(
                Path(state),
                programs=self.settings_dict.get("PROGRAMS", ""),
                is_durable=self.settings_dict.get("IS_DURABLE", True),
            )
            server.start()
            parameters["host"] = str(server.socket)
            if parameters.get("user") in {roles.APPLICATION, roles.OWNER, roles.SUPERUSER}:
                parameters["password"] = roles.password_of(server.state, parameters["user"])
        return parameters

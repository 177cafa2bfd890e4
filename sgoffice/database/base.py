"""The engine that Django loads: its own for PostgreSQL, with the embedded server started before it connects."""

import select
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from sgoffice.database import roles
from sgoffice.database.server import embedded_server


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; settings with STATE (a folder) stand for the embedded server that lives there.

    PROGRAMS and IS_DURABLE beside it say which programs it runs and whether it waits for the disk.
    """

    def is_usable(self) -> bool:
        """Tell whether the server still holds the connection: what was idle and can be read from was closed.

        Django asks before each request; a statement to find out would cost more than many an answer.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0) or super().is_usable()

    def get_connection_params(self) -> dict[str, Any]:
        """Start the embedded server if need be, and say where it listens and how to sign in."""
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
            if parameters.get("user") in {roles.OWNER, roles.SUPERUSER}:
                parameters["password"] = roles.password_of(server.state, parameters["user"])
        return parameters

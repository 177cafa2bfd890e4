"""The engine that Django loads: its own for PostgreSQL, with the embedded server started before it connects."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from sgoffice.database import roles
from sgoffice.database.server import server_in


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL; settings with STATE (a folder) stand for the embedded server that lives there."""

    def get_connection_params(self) -> dict[str, Any]:
        """Start the embedded server if need be, and say where it listens and how to sign in."""
        parameters = super().get_connection_params()
        state = self.settings_dict.get("STATE")
        if state:
            server = server_in(Path(state))
            server.start()
            parameters["host"] = str(server.socket)
            if parameters.get("user") in {roles.OWNER, roles.SUPERUSER}:
                parameters["password"] = roles.password_of(server.state, parameters["user"])
        return parameters

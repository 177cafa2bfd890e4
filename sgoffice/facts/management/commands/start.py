"""`start`: the main job. Database, migrations, facts, first administrator, server; Ctrl-C stops all of it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connections

from sgoffice.accounts.services import ensure_first_administrator
from sgoffice.database.binaries import ServerError
from sgoffice.records.models import Entry
from sgoffice.settings.environment import read

_PATIENCE = 20.0  # seconds for the server to answer, and to stop


class Command(BaseCommand):
    """Runs the register on this machine."""

    help = "Prepare the database, load the facts into an empty register, and serve it on loopback."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the port."""
        parser.add_argument("--port", type=int, default=8000, help="the port on 127.0.0.1 (default 8000)")
        parser.add_argument("--without-facts", action="store_true", help="leave an empty register empty")

    def handle(self, *args: Any, port: int, without_facts: bool, **options: Any) -> None:
        """Do everything in order; say what is being done and what failed."""
        signal.signal(signal.SIGTERM, _stop)
        self._require_free(port)
        self._say("Starting PostgreSQL" if settings.DATABASES["default"].get("STATE") else "Connecting to PostgreSQL")
        try:
            self._prepare(is_empty_wanted=without_facts)
        except (ServerError, OperationalError) as error:
            message = f"The database is not available: {error}"
            raise CommandError(message) from error
        connections.close_all()
        self._serve(port)

    def _prepare(self, *, is_empty_wanted: bool) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if not is_empty_wanted and not Entry.objects.exists():
            self._say("Loading the public facts (once, about a minute)")
            call_command("load_facts", stdout=self.stdout)
        made = ensure_first_administrator()
        if made:
            name, password = made
            self._say(f"First administrator: {name}   password: {password}   (shown this once; change it in the admin)")

    def _serve(self, port: int) -> None:
        environment = read()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
            "--workers", str(environment.sgoffice_workers), "--blocking-threads", str(environment.sgoffice_threads),
            "--backlog", "256", "--no-ws", "--log-level", "warning", "sgoffice.wsgi:application",
        ]  # fmt: skip
        place = Path(__file__).resolve().parents[4]
        server = subprocess.Popen(command, cwd=place, env=os.environ | {"PYTHONPATH": str(place)})  # noqa: S603
        try:
            self._await(server, port)
            address = f"http://127.0.0.1:{port}"
            self._say(f"Serving   API {address}/api/v1/   documentation {address}/api/docs   admin {address}/admin/")
            self._say("Ctrl-C stops the register and its database; what was entered is kept.")
            server.wait()
            if server.returncode:
                message = f"The server ended by itself (status {server.returncode}); its lines above say why."
                raise CommandError(message)
        except (KeyboardInterrupt, SystemExit):
            self._say("Stopping")
        finally:
            server.terminate()
            try:
                server.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()

    def _await(self, server: "subprocess.Popen[bytes]", port: int) -> None:
        end = time.monotonic() + _PATIENCE
        while server.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        message = f"The server did not begin to answer on port {port}; its lines above say why."
        raise CommandError(message)

    def _require_free(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                message = f"Port {port} cannot be used ({error.strerror}): choose another one with --port."
                raise CommandError(message) from None

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _stop(number: int, frame: Any) -> None:
    raise SystemExit(0)

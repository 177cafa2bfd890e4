"""`start`: prepares the database, facts and examples of staff, then serves and runs the background tasks."""

import os
import signal
import socket
import subprocess
import sys
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.utils import timezone

from sgoffice.accounts.services import ensure_examples
from sgoffice.changes import today
from sgoffice.database import completion, limits, secret_key
from sgoffice.database.errors import ServerError
from sgoffice.history.signing import UnusableKey
from sgoffice.records.models import Entry
from sgoffice.redactions import services as redactions
from sgoffice.running import safety
from sgoffice.running.background import start_tasks
from sgoffice.running.metrics_address import MetricsRefused, address_of
from sgoffice.running.metrics_listener import serving_metrics
from sgoffice.running.traces import TracesNotAvailable, require_available
from sgoffice.running.web_process import OWNER, NoServer, WebProcess, taken
from sgoffice.settings.environment import CHECKOUT, read_environment

_PATIENCE = 30.0  # seconds for the tasks to stop
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_EXTERNAL = (
    "DATABASE_URL must name a PostgreSQL that answers, and DATABASE_OWNER_URL the role that owns that database "
    "(see docs/decisions/0001-embedded-postgresql.md); behind a pooler set SGOFFICE_POOLED. Without both, the embedded "
    "server is used."
)


class Command(BaseCommand):
    help = "Prepare the database, load the facts into an empty register, and serve it on this machine."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="the port (default 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        parser.add_argument("--without-facts", action="store_true", help="do not load facts into an empty register")

    def handle(self, *args: object, host: str, port: int, without_facts: bool, **options: object) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell makes its background commands ignore SIGINT
            signal.signal(number, _stop)
        try:
            web = taken()
            self._require_free(host, port)
            _require_place_for_figures()
            self._prepare(is_empty_wanted=without_facts)
            self._ask_which_day_it_is()
            if settings.IS_PRODUCTION or host not in _LOOPBACK:
                _require_safe()
            connections.close_all()
            self._serve(web, host, port)
        except KeyboardInterrupt:
            self._say("Stopping; all records are kept.")

    def _prepare(self, *, is_empty_wanted: bool) -> None:
        is_embedded = bool(settings.DATABASES["default"].get("STATE"))
        self._say(
            f"Starting PostgreSQL (state: {read_environment().state})" if is_embedded else "Connecting to PostgreSQL"
        )
        try:
            _migrate()
            _require_limits()
            if not secret_key.note():
                raise CommandError(secret_key.ANOTHER)
            call_command("render_documents", verbosity=0)
            _require_erased()
            is_empty = not Entry.objects.exists()
        except (ServerError, DatabaseError) as error:
            message = f"The database cannot be used: {error}" + ("" if is_embedded else f"\n{_EXTERNAL}")
            raise CommandError(message) from error
        if not is_empty_wanted:
            self._load_facts(is_empty=is_empty)
        self._say_examples()

    def _ask_which_day_it_is(self) -> None:
        """After days without the register somebody says that the day is right; else the clock stands, and says so."""
        at = today.now()
        try:
            today.require_believed(at)
        except today.DayNotBelieved as error:
            self._say(str(error))
            if sys.stdin.isatty() and input("Is that day right? [y/N] ").strip().lower() in {"y", "yes"}:
                today.believe(timezone.localdate(at))

    def _say_examples(self) -> None:
        """Add people to try an empty register with; one that is served to others names its first staff itself."""
        if settings.SESSION_COOKIE_SECURE:
            return
        for example in ensure_examples():
            self._say(f"Example {example.username}: sign in as {example.username}   password: {example.password}")

    def _load_facts(self, *, is_empty: bool) -> None:
        """Load the facts into an empty register, or continue an interrupted load."""
        begun = read_environment().state / "facts.loading"
        if not is_empty and not begun.exists():
            return
        self._say("Loading the public facts (once, about a minute)")
        begun.touch()
        call_command("load_facts", stdout=self.stdout)
        begun.unlink()

    def _serve(self, web: WebProcess, host: str, port: int) -> None:
        stop = Event()
        workers: list[Thread] = []
        reached_at = _reached_at(host)
        try:
            with serving_metrics(read_environment()):
                workers += start_tasks(stop)
                web.serve(host, port, reached_at=reached_at)
                address = f"http://{_in_address(reached_at)}:{port}"
                self._say(
                    f"Serving   API {address}/api/v1/   documentation {address}/api/docs   admin {address}/admin/"
                )
                self._say("Ctrl-C stops the register and its database; all records are kept.")
                message = f"The server stopped unexpectedly (status {web.wait()}); its output above says why."
                raise CommandError(message)
        except (MetricsRefused, NoServer) as error:
            raise CommandError(str(error)) from error
        finally:
            web.stop()
            stop.set()  # after the last request: the last checkpoint covers it
            for worker in workers:
                worker.join(_PATIENCE)

    def _require_free(self, host: str, port: int) -> None:
        try:
            (family, *_, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except (OSError, OverflowError) as error:
            message = (
                f"Port {port} of {host} cannot be used ({error}): choose another one with --port, or another address "
                "of this machine with --host."
            )
            raise CommandError(message) from None

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _migrate() -> None:
    """Migrate in a process of its own, unless all is done; this one then forgets how to sign in as the owner.

    Raises CommandError if it fails: what it said stands above.
    """
    if not _is_migrated():
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", "--no-input"]
        if subprocess.run(command, cwd=CHECKOUT, check=False).returncode:  # noqa: S603 - our own program
            message = (
                "The database was not migrated; the reason stands above. `manage.py migrate` needs DATABASE_OWNER_URL, "
                "the role that owns the tables; behind a pooler set SGOFFICE_POOLED."
            )
            raise CommandError(message)
    for name in OWNER:
        os.environ.pop(name, None)
    if "owner" in connections:
        connections["owner"].close()
        del connections["owner"]
    settings.DATABASES.pop("owner", None)


def _is_migrated() -> bool:
    """Tell whether nothing is left to do, or nothing that a process without the owner's password could do."""
    try:
        if completion.is_noted("default"):
            return True
    except DatabaseError:
        pass  # `migrate` finds the same, or makes it good
    environment = read_environment()
    if not environment.database_url or environment.database_owner_url:
        return False
    try:
        call_command("migrate", check_unapplied=True, database="default", verbosity=0)
    except (SystemExit, DatabaseError):
        return False
    return True


def _require_erased() -> None:
    """Raise CommandError if a restored backup has what was erased since: nobody is served it."""
    try:
        waiting = redactions.missing()
    except (redactions.Unreadable, UnusableKey, OSError) as error:
        raise CommandError(str(error)) from error
    if waiting:
        message = f"{len(waiting)} redactions are newer than this backup: run `manage.py repeat_redactions` first."
        raise CommandError(message)


def _require_limits() -> None:
    """Raise CommandError if waits would have no end: a pooler may swallow what a connection starts with."""
    if found := limits.missing("default"):
        message = (
            f"Limits of this database's sessions do not hold ({'; '.join(found)}). Behind a pooler set SGOFFICE_POOLED "
            "and run `manage.py migrate`, which gives them to the role."
        )
        raise CommandError(message)


def _require_place_for_figures() -> None:
    """Raise CommandError before anything is prepared if metrics or traces cannot go where a setting says."""
    environment = read_environment()
    try:
        if environment.sgoffice_metrics:
            address_of(environment)
        require_available(environment.sgoffice_traces)
    except (MetricsRefused, TracesNotAvailable) as error:
        raise CommandError(str(error)) from error


def _require_safe() -> None:
    """Raise CommandError if this installation must not serve others."""
    if found := safety.faults():
        lines = [f"{fault.msg} {fault.hint}" for fault in found]
        raise CommandError("\n".join(["This must not be served to others:", *lines]))


def _reached_at(host: str) -> str:
    """Return where this machine reaches a server that listens on an address, or on all of them."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - what it means, not where we listen


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt

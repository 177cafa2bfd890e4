"""docs/partners.md and a served register to try it on, as a partner engineer has them."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections

from tests.architecture.source import ROOT
from tests.factories import partners as make

EXAMPLE = "example-partner"
#: What the page has for a newcomer's own machine.
HERE, ISSUE = "http://127.0.0.1:8000", f'"$(python3 manage.py issue_partner_secret {EXAMPLE})"'
PAGE = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args: object) -> None:
        pass


def serve(server: WSGIServer) -> None:
    """Answer until told to stop; connections belong to the thread that opened them, so they are closed in it."""
    try:
        server.serve_forever()
    finally:
        connections.close_all()


def credentials() -> str:
    said = StringIO()
    call_command("issue_partner_secret", EXAMPLE, stdout=said)
    return said.getvalue()


def environment(served: str, **more: str) -> dict[str, str]:
    given = dict(line.removeprefix("export ").split("=", 1) for line in credentials().splitlines())
    return os.environ | {"REGISTER": served} | given | more


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@contextmanager
def served_register() -> Iterator[str]:
    """Serve the register of this process to the example partner; give its URL."""
    make.partner(name="Example partner", slug=EXAMPLE, ping_hosts=("hooks.example.org",))
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        thread = threading.Thread(target=serve, args=[server])
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


class Copy:
    """A copy that the client of the page keeps in a folder."""

    def __init__(self, folder: Path, served: str) -> None:
        _, self.client = blocks("python")
        (folder / "pull.py").write_text(self.client, encoding="utf-8")
        self.folder, self.path = folder, folder / "copy.sqlite"
        self.given = environment(served, COPY=str(self.path))

    def run(self) -> str:
        """Run the client once; return what it says."""
        command = [sys.executable, "-W", "error", "pull.py"]
        done = subprocess.run(command, cwd=self.folder, env=self.given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

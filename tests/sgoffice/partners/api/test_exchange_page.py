"""docs/partners.md as a partner engineer reads it: its commands and its client are run against a served register."""

import base64
import os
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.management import CommandError, call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections

from engagements.agreements.models import Agreement
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.partners.models import Partner
from sgoffice.partners.pings import signatures
from sgoffice.records.actors import OFFICE
from tests.architecture.source import ROOT
from tests.factories import partners as make
from tests.factories.agreements import agreement, in_force_since

EXAMPLE = "example-partner"
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


@pytest.fixture
def served(fresh_database: str) -> Iterator[str]:
    make.partner(name="Example partner", slug=EXAMPLE)
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        thread = threading.Thread(target=serve, args=[server])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def credentials() -> dict[str, str]:
    said = StringIO()
    call_command("issue_partner_secret", EXAMPLE, stdout=said)
    return dict(line.split("=", 1) for line in said.getvalue().splitlines())


def environment(served: str, **more: str) -> dict[str, str]:
    given = credentials()
    own = {"REGISTER": served, "CLIENT_ID": given["client_id"], "CLIENT_SECRET": given["client_secret"]}
    return os.environ | own | more


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_every_command_of_the_page_works_in_its_order(served, tmp_path):
    in_force_since("2009-04-26", marking="public")
    script = "set -euo pipefail\n" + "\necho; echo ---\n".join(blocks("sh"))

    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment(served), capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    answers = done.stdout.split("---")
    assert len(answers) == len(blocks("sh"))
    assert '"has_more":false' in answers[2]
    assert '"kind":"agreement","count":1' in answers[3]
    assert '"status":"in_force"' in answers[4]
    assert len((tmp_path / "snapshot.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_client_of_the_page_keeps_a_copy_that_is_in_step(served, tmp_path):
    _, client = blocks("python")
    (tmp_path / "pull.py").write_text(client, encoding="utf-8")
    assert len([line for line in client.splitlines() if line.strip()]) <= 75
    given = environment(served, COPY=str(tmp_path / "copy.sqlite"))

    def run() -> str:
        command = [sys.executable, "-W", "error", "pull.py"]
        done = subprocess.run(command, cwd=tmp_path, env=given, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    record, other = agreement(marking="public"), agreement(marking="public")
    assert run() == "2 records, in step"

    make.release(Partner.objects.get(slug=EXAMPLE), agreement().pk)
    enter_in_error(Agreement, other.pk, by=OFFICE, expected=ANY_VERSION, reason="It was entered twice")
    assert run() == "2 records, in step"

    call_command("begin_epoch", stdout=StringIO())
    assert run() == "2 records, in step"
    with sqlite3.connect(tmp_path / "copy.sqlite") as copy:
        found = {key for (key,) in copy.execute("SELECT id FROM record")}
    copy.close()
    assert str(record.pk) in found
    assert str(other.pk) not in found


def test_verification_of_the_page_takes_what_the_register_signed_and_nothing_else():
    verification, _ = blocks("python")
    found: dict[str, Any] = {}
    exec(verification, found)  # noqa: S102 - the page as it is
    is_ours = found["is_from_the_register"]
    key, body, now = b"k" * 32, b'{"type":"stream.advanced"}', datetime.now(UTC)
    secret = "whsec_" + base64.b64encode(key).decode()
    headers = signatures.headers("msg_1", body, [b"the one before", key], at=now)
    old = signatures.headers("msg_1", body, [key], at=now - timedelta(minutes=6))

    assert is_ours(headers, body, secret)
    assert not is_ours(headers, body + b" ", secret)
    assert not is_ours(headers | {"webhook-id": "msg_2"}, body, secret)
    assert not is_ours(headers | {"webhook-timestamp": old["webhook-timestamp"]}, body, secret)
    assert not is_ours(old, body, secret)
    assert not is_ours(headers, body, "whsec_" + base64.b64encode(b"x" * 32).decode())


def test_secret_of_nobody_is_refused_with_the_names_there_are(fresh_database):
    make.partner(slug=EXAMPLE)

    with pytest.raises(CommandError, match=EXAMPLE):
        call_command("issue_partner_secret", "nobody")

"""`sgo` against a served register: signs in with a private token, reads, logs and brings a spreadsheet."""

import io
import subprocess
import sys
import threading
from wsgiref.simple_server import make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.utils import timezone

from sgoffice.accounts import services as accounts
from sgoffice.imports import queue
from sgoffice.terminal import pages
from sgoffice.terminal.client import Refused, checked_address
from sgoffice.terminal.commands import main
from sgoffice.terminal.credentials import Credentials, NotSignedIn, file_of_credentials, keep, kept
from tests.architecture.source import ROOT
from tests.factories import directory
from tests.factories.accounts import staff
from tests.sgoffice.partners.api.partner_page import Quiet, serve


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A home of one's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))


@pytest.fixture
def served(fresh_database):
    """The address of a register, and the token of an officer."""
    directory.country("FR", "France", status="member")
    user = staff("officer")
    token = accounts.issue_token(user, name="sgo", at=timezone.now())
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:
        thread = threading.Thread(target=serve, args=[server])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", token, user.username
        server.shutdown()
        thread.join()


def said(capsys, *command, status=0):
    assert main(command) == status
    told = capsys.readouterr()
    return told.out if status == 0 else told.err


def test_somebody_signs_in_logs_reads_and_brings_a_file(served, capsys, monkeypatch, tmp_path):
    address, token, name = served
    monkeypatch.setattr("sys.stdin", io.StringIO("sgo_wrong\n"))
    assert "token" in said(capsys, "login", address, status=1).lower()
    assert not file_of_credentials().exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    assert f"{name} (officer)" in said(capsys, "login", address)
    assert (file_of_credentials().stat().st_mode & 0o777, kept().token) == (0o600, token)

    people = ("--with", "Bruno Retailleau, Minister, Interior, FR")
    logged = said(capsys, "log", "Stolen boats", "--on", "2024-11-20", "--city", "Paris", "--country", "FR", *people)
    brief = said(capsys, "brief", "FR")
    due = said(capsys, "due", "--within", "10")
    unknown = said(capsys, "brief", "Nobody at all", status=1)
    wrong = said(capsys, "log", "Stolen boats", "--on", "yesterday or so", status=1)

    assert logged.startswith("SG-2024-")
    assert "France (internal): 1 contact" in brief
    assert "2024-11-20  Stolen boats  Paris" in brief
    assert due.startswith("Nothing is due until ")
    assert "knows no Nobody at all" in unknown
    assert "held" in wrong

    file = tmp_path / "meetings.csv"
    file.write_text("Date;Title;Kind\n2024-05-15;Drones;Bilateral meeting\nsome day;Boats;Bilateral meeting\n")
    stop, worker = working()
    try:
        report = said(capsys, "import", str(file), "--enter")
    finally:
        stop.set()
        worker.join()
    assert "row 3" in report
    assert "1 entered" in report


def working():
    """Run the worker of imports beside the command."""
    stop = threading.Event()
    worker = threading.Thread(target=queue.work, args=[stop], kwargs={"every": 0.1})
    worker.start()
    return stop, worker


def test_a_token_stays_private_and_goes_to_no_open_address(capsys):
    assert "Sign in first" in said(capsys, "due", status=1)
    keep(Credentials("http://127.0.0.1:1", "sgo_secret"))
    assert "does not answer" in said(capsys, "due", status=1)
    file_of_credentials().chmod(0o644)
    with pytest.raises(NotSignedIn):
        kept()
    for address in ("http://register.example.org", "ftp://register.example.org", "file:///etc/passwd", "register"):
        with pytest.raises(Refused):
            checked_address(address)
    assert pages.plain("a\x1b[31m\u202eb\nc") == "a [31m b c"


def test_the_script_runs_by_a_link_from_anywhere_without_any_package(tmp_path):
    link = tmp_path / "sgo"
    link.symlink_to(ROOT / "sgoffice" / "terminal" / "sgo")

    told = subprocess.run(
        [sys.executable, "-I", "-S", link, "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert "usage: sgo" in told.stdout
    assert link.resolve().stat().st_mode & 0o111

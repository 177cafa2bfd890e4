"""What the scanner of the installation finds is not stored, and nothing is without its answer."""

import shlex
import socket
import struct
import sys
from threading import Thread

import pytest

from engagements.models import Attachment
from engagements.services.scanner import require_clean
from sgoffice.records.errors import InvalidEntry, Unavailable
from tests.factories.accounts import signed_in
from tests.factories.engagements import engagement

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_PROGRAM = "import sys; sys.exit(b'EICAR' in sys.stdin.buffer.read())"


def exactly(connection, size):
    held = b""
    while len(held) < size:
        held += connection.recv(size - len(held))
    return held


def serve(listener, answer):
    """Speak the protocol of clamd to whoever comes, or only say `answer`."""
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            assert exactly(connection, 10) == b"zINSTREAM\0"
            held = b""
            while size := struct.unpack("!L", exactly(connection, 4))[0]:
                held += exactly(connection, size)
            verdict = b"stream: Eicar-Signature FOUND" if b"EICAR" in held else b"stream: OK"
            connection.sendall((answer or verdict) + b"\0")


@pytest.fixture
def clamd(settings):
    listener = socket.create_server(("127.0.0.1", 0))
    settings.FILE_SCANNER = f"clamd://127.0.0.1:{listener.getsockname()[1]}"
    yield lambda answer=b"": Thread(target=serve, args=(listener, answer), daemon=True).start()
    listener.close()


@pytest.fixture
def command(settings):
    settings.FILE_SCANNER = shlex.join([sys.executable, "-c", _PROGRAM])


def test_clamd_is_asked(clamd):
    clamd()

    require_clean(b"minutes" * 100_000)
    with pytest.raises(InvalidEntry, match="scanner found"):
        require_clean(b"x" * 70_000 + EICAR)


def test_clamd_that_gives_no_verdict_keeps_the_file_out(clamd):
    clamd(b"INSTREAM size limit exceeded. ERROR")

    with pytest.raises(Unavailable):
        require_clean(b"minutes")


@pytest.mark.usefixtures("command")
def test_command_is_asked():
    require_clean(b"minutes")
    with pytest.raises(InvalidEntry):
        require_clean(EICAR)


@pytest.mark.parametrize(
    "place", ["clamd:///nowhere.ctl", "clamd://127.0.0.1:1", "/nowhere/scan", "false", "sh -c 'exit 2'"]
)
def test_scanner_that_is_not_there_keeps_the_file_out(settings, place):
    settings.FILE_SCANNER = place

    with pytest.raises(InvalidEntry if place == "false" else Unavailable):
        require_clean(b"minutes")


@pytest.mark.parametrize(
    "place",
    [
        "scan 'minutes",
        " ",
        '""',
        "clamd://[",
        "clamd://host:99999",
        "clamd://host:port",
        "clamd://",
        "clamd:///a\0b",
        "a\0b",
    ],
)
def test_setting_that_names_no_scanner_keeps_the_file_out(settings, place):
    settings.FILE_SCANNER = place

    with pytest.raises(Unavailable):
        require_clean(b"minutes")


@pytest.mark.django_db
def test_nothing_is_stored_where_the_setting_cannot_be_read(settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILE_SCANNER = "scan 'minutes"
    officer = signed_in("officer")
    of = engagement(by=officer.user.as_actor())
    file = SimpleUploadedFile("minutes.txt", b"minutes", "text/plain")

    answer = officer.post("/api/v1/attachments", {"engagement": str(of.pk), "title": "Minutes", "file": file})

    assert (answer.status_code, answer.json()["type"], Attachment.objects.count()) == (503, "/problems/unavailable", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "status"), [(b"minutes", 201), (EICAR, 400)])
def test_upload_is_scanned(command, content, status):
    from django.core.files.uploadedfile import SimpleUploadedFile

    officer = signed_in("officer")
    of = engagement(by=officer.user.as_actor())
    file = SimpleUploadedFile("minutes.txt", content, "text/plain")

    answer = officer.post("/api/v1/attachments", {"engagement": str(of.pk), "title": "Minutes", "file": file})

    assert answer.status_code == status

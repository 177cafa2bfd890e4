"""What restricted records of tests say is told by no log and no mail of the whole run, nor by PostgreSQL's own log.

Tests put `CANARY` into hidden records; answers are searched for it by those that ask (tests/contract/twins.py).
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail

#: Stands in every text of a hidden record, and in nothing else.
CANARY = "Zqxcanary"


class _Listener(logging.Handler):
    """Keeps each line of a log with the canary in its words, its arguments or its traceback."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(name)s %(message)s %(args)s"))
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if tells(line := self.format(record)):
            self.found.append(line)


def tells(text: str) -> bool:
    """Whether a text has the canary, in any case."""
    return CANARY.casefold() in text.casefold()


def _server_log() -> Path:
    return Path(settings.DATABASES["default"].get("STATE", "")) / "postgresql.log"


@pytest.fixture(scope="session", autouse=True)
def quiet_logs() -> Iterator[None]:
    """Look through all that is logged, by the program and by its PostgreSQL, while tests run."""
    listener, log = _Listener(), _server_log()
    begun = log.stat().st_size if log.is_file() else 0
    logging.getLogger().addHandler(listener)
    yield
    logging.getLogger().removeHandler(listener)
    written = log.read_bytes()[begun:].decode(errors="replace") if log.is_file() else ""
    assert not [line for line in (*listener.found, *written.splitlines()) if tells(line)]


@pytest.fixture(autouse=True)
def quiet_mails() -> Iterator[None]:
    """Look through the mails that a test sent."""
    yield
    told = [one.message().as_string() for one in getattr(mail, "outbox", [])]
    assert not [one for one in told if tells(one)]

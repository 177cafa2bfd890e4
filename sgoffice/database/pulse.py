"""Whether the database answers at all: asked beside the requests, as soon as one of them has waited.

A statement that works long and a server that hangs look alike from its connection. So a connection of its own asks what
any server answers at once; while that stays unanswered, nobody waits for the database any more.
"""

import threading
import time
from typing import Any

import psycopg

#: Seconds within which a server that is not hanging answers `SELECT 1`.
ANSWERED_WITHIN = 1.0
_PAUSE = 0.1
_NOT_FOR_PSYCOPG = ("cursor_factory", "context", "prepare_threshold")


class Pulse:
    """Asks one database; a thread of its own waits for the answer."""

    def __init__(self) -> None:
        self._parameters: dict[str, Any] = {}
        self._asked_at: float | None = None
        self._lock = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None

    @property
    def is_silent(self) -> bool:
        """Tell whether the database was asked and has not answered in time."""
        asked = self._asked_at
        return asked is not None and time.monotonic() - asked > ANSWERED_WITHIN

    def listen_to(self, parameters: dict[str, Any]) -> None:
        """Ask with these parameters of a connection from now on."""
        self._parameters = {name: value for name, value in parameters.items() if name not in _NOT_FOR_PSYCOPG}

    def ask(self) -> None:
        """Ask, unless an answer is being waited for."""
        with self._lock:
            if self._asked_at is not None:
                return
            self._asked_at = time.monotonic()
        threading.Thread(target=self._await_answer, name="pulse", daemon=True).start()

    def _await_answer(self) -> None:
        """Wait until the server answers: a refusal is an answer, only silence is none."""
        while not self._is_answered():
            time.sleep(_PAUSE)
        self._asked_at = None

    def _is_answered(self) -> bool:
        """Ask by the connection of before, which costs the server least, or by a new one if that has ended."""
        try:
            if self._connection is not None:
                self._connection.execute("SELECT 1", prepare=False)
                return True
        except psycopg.Error:
            self._connection = None
        try:
            self._connection = psycopg.connect(**self._parameters, autocommit=True)
        except psycopg.errors.ConnectionTimeout:
            return False
        except psycopg.Error:
            return True
        return self._is_answered()


#: Of the database that this process serves requests from.
pulse = Pulse()

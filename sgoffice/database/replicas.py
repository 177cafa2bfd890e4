"""Read replicas: standbys of the database that answer a question if they prove that they know enough (decision 43).

Nothing is believed of a replica for longer than a question takes: proof and answer come from one snapshot. One that
fails, hangs, is behind or is no standby any more is left out for a while, and the caller asks the primary. Nobody waits
for a connection: a thread of its own makes it.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from typing import Any, TypeVar

import psycopg
from prometheus_client import Counter
from psycopg import Connection, IsolationLevel
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout

T = TypeVar("T")
_log = logging.getLogger(__name__)
#: Seconds for the proof, which takes any server a moment, and for an answer: together less than a request waits for a
#: thread, so that a replica that hangs turns nobody away.
PROOF_PATIENCE, ANSWER_PATIENCE = 0.4, 0.9
_INTERVAL = 0.1
_LIMITS = (
    "-c default_transaction_read_only=on -c statement_timeout=800ms -c lock_timeout=400ms"
    " -c idle_in_transaction_session_timeout=10s -c jit=off"
)
_REACH = {"connect_timeout": "2", "tcp_user_timeout": "2000", "keepalives_idle": "5", "keepalives_interval": "2"}
_QUESTIONS = Counter("sgoffice_replica_questions", "What became of asking a replica.", ["replica", "outcome"])


class Outcome(StrEnum):
    """What became of asking a replica; whatever is not `answered` is asked of the primary."""

    ANSWERED = "answered"
    BEHIND = "behind"
    PROMOTED = "promoted"
    FAILED = "failed"
    LEFT_OUT = "left_out"
    UNCONNECTED = "unconnected"


#: Seconds for which a replica is left out. One that is behind is most often so for a moment.
LEFT_OUT = {Outcome.BEHIND: 0.5, Outcome.PROMOTED: 10.0, Outcome.FAILED: 10.0}


@dataclass(frozen=True)
class Question:
    """A statement with its parameters."""

    statement: str
    parameters: Sequence[Any]


def outcome_of(*, is_standby: bool, found: Sequence[Any], expected: Sequence[Any]) -> Outcome:
    """Tell whether a server may answer: a standby that finds exactly what the primary found.

    Equal, not at least as much: a server that went on from another past may have more.
    """
    if not is_standby:
        return Outcome.PROMOTED
    return Outcome.ANSWERED if tuple(found) == tuple(expected) else Outcome.BEHIND


class ImpatientConnection(Connection[Any]):
    """Is closed when the server says nothing for as long as `patience`."""

    patience = PROOF_PATIENCE

    def wait(self, gen: PQGen[T], interval: float = _INTERVAL, timeout: float | None = None) -> T:
        """Consume a generator of psycopg's."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except _WaitTimeout:
            self.close()
            raise


class Replica:
    """A standby: its idle connections, and until when it is left out."""

    def __init__(self, name: str, parameters: Mapping[str, Any]) -> None:
        self._name, self._parameters = name, parameters
        self._idle: deque[ImpatientConnection] = deque()
        self._left_out_until = 0.0
        self._connecting = threading.Lock()

    def ask(self, proof: Question, expected: Sequence[Any], question: Question) -> tuple[Outcome, list[Any]]:
        """Return the rows of a question if the one row of the proof is as expected in the same snapshot."""
        outcome, rows = self._ask(proof, expected, question)
        _QUESTIONS.labels(self._name, outcome).inc()
        return outcome, rows

    def close(self) -> None:
        """Close the idle connections."""
        while self._idle:
            self._idle.pop().close()

    def _ask(self, proof: Question, expected: Sequence[Any], question: Question) -> tuple[Outcome, list[Any]]:
        if time.monotonic() < self._left_out_until:
            return Outcome.LEFT_OUT, []
        try:
            connection = self._idle.pop()
        except IndexError:
            self._connect_beside()
            return Outcome.UNCONNECTED, []
        try:
            outcome, rows = _asked(connection, proof, expected, question)
        except psycopg.Error as error:
            connection.close()
            self._leave_out(Outcome.FAILED, str(error))
            return Outcome.FAILED, []
        self._idle.append(connection)
        if outcome != Outcome.ANSWERED:
            self._leave_out(outcome)
        return outcome, rows

    def _leave_out(self, outcome: Outcome, why: str = "") -> None:
        self._left_out_until = time.monotonic() + LEFT_OUT[outcome]
        if outcome == Outcome.BEHIND:
            return
        self.close()
        _log.warning("replica %s is left out: %s %s", self._name, outcome, why.partition("\n")[0])

    def _connect_beside(self) -> None:
        """Connect in a thread, unless one does so already."""
        if self._connecting.acquire(blocking=False):
            threading.Thread(target=self._connect, name="replica", daemon=True).start()

    def _connect(self) -> None:
        try:
            self._idle.append(_connected(self._parameters))
        except psycopg.Error as error:
            self._leave_out(Outcome.FAILED, str(error))
        finally:
            self._connecting.release()


class Replicas:
    """All of them, asked in turn: of each question one, and no other if that one does not answer."""

    def __init__(self, parameters: Iterable[Mapping[str, Any]]) -> None:
        self._all = [Replica(str(number), one) for number, one in enumerate(parameters, 1)]
        self._turn = count()

    def __bool__(self) -> bool:
        return bool(self._all)

    def rows(self, proof: Question, expected: Sequence[Any], question: Question) -> list[Any] | None:
        """Return the rows of a question, or None: then ask the primary."""
        first = next(self._turn)
        for number in range(len(self._all)):
            outcome, rows = self._all[(first + number) % len(self._all)].ask(proof, expected, question)
            if outcome == Outcome.ANSWERED:
                return rows
            if outcome not in {Outcome.LEFT_OUT, Outcome.UNCONNECTED}:
                return None
        return None


def _connected(parameters: Mapping[str, Any]) -> ImpatientConnection:
    options = f"{_LIMITS} {parameters.get('options', '')}"
    given = _REACH | dict(parameters) | {"options": options}
    connection = ImpatientConnection.connect(**given, prepare_threshold=2)
    connection.isolation_level = IsolationLevel.REPEATABLE_READ  # proof and answer from one snapshot
    connection.read_only = True
    return connection


def _asked(
    connection: ImpatientConnection, proof: Question, expected: Sequence[Any], question: Question
) -> tuple[Outcome, list[Any]]:
    with connection.cursor(binary=True) as cursor:
        connection.patience = PROOF_PATIENCE
        cursor.execute(f"SELECT pg_is_in_recovery(), proof.* FROM ({proof.statement}) AS proof", proof.parameters)
        [(is_standby, *found)] = cursor.fetchall()
        outcome, rows = outcome_of(is_standby=is_standby, found=found, expected=expected), []
        if outcome == Outcome.ANSWERED:
            connection.patience = ANSWER_PATIENCE
            cursor.execute(question.statement, question.parameters)
            rows = cursor.fetchall()
    connection.rollback()
    return outcome, rows

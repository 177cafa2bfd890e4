"""What writers and pollers of the proof know in common: what was acknowledged, what positions held, and faults."""

import http.client
import json
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

PATIENCE = 120  # seconds for one request, however often the register dies meanwhile
_BUSY = {429, 503}


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Board:
    """Shared by all threads of the proof."""

    port: int
    stop: threading.Event = field(default_factory=threading.Event)
    #: The highest title of each record of which a writer was told that it is kept.
    titles: dict[str, int] = field(default_factory=dict)
    #: Each write that was acknowledged, as tests.prove.checker reads it.
    notes: list[str] = field(default_factory=list)
    refused: int = 0
    repeated: int = 0
    #: How often what was answered: the first part of the path, and the status.
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    #: What was told at a position: nothing else ever may be.
    places: dict[tuple[str, str, int], dict[str, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Answer:
        """Return the answer, asking again as long as there is none or the register is busy."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
                    connection.request(method, f"/api/v1/{path}", body, headers)
                    found = connection.getresponse()
                    answer = Answer(found.status, found.headers, found.read())
            except (OSError, http.client.HTTPException):  # also an answer that was cut off
                answer = None
            if answer is not None:
                with self.lock:
                    self.answers[path.partition("/")[0], answer.status] += 1
            if answer is not None and answer.status not in _BUSY:
                if answer.status >= 500:
                    self.fault(f"{method} {path} answered {answer.status}: {answer.body[:200]!r}")
                return answer
            with self.lock:
                self.repeated += 1
            time.sleep(0.1)
        raise AssertionError(f"{method} {path} was never answered")

    def acknowledge(self, record: str, version: int, title: int | None) -> None:
        """Note that a write is kept, now that the answer says so."""
        with self.lock:
            self.notes.append(json.dumps({"id": record, "version": version, "name": ""}))
            if title is not None:
                self.titles[record] = max(title, self.titles.get(record, 0))

    def known(self) -> dict[str, int]:
        """Return the titles that are kept for sure."""
        with self.lock:
            return dict(self.titles)

    def told_at(self, place: tuple[str, str, int], line: dict[str, Any]) -> None:
        """Note what stands at a position; what was told there before must be the same."""
        with self.lock:
            before = self.places.setdefault(place, line)
        # of a merged record the survivor is told as long as the partner may have it
        if (before["id"], before.get("digest")) != (line["id"], line.get("digest")):
            self.fault(f"position {place} is taken twice: {before['id']} {before['op']}, {line['id']} {line['op']}")

    def fault(self, words: str) -> None:
        """Note what must not be."""
        with self.lock:
            self.faults.append(words)


def title_of(number: int) -> str:
    """Return a title from which its number is read."""
    return f"Agreement at {number}"


def number_of(title: str) -> int:
    """Return the number of a title."""
    return int(title.rsplit(" ", 1)[1])

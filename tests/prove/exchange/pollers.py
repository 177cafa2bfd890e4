"""Partners' systems: each keeps a copy as docs/partners.md tells, and notes whatever the register may not do."""

import base64
import json
import random
from http import HTTPStatus
from typing import Any

from tests.prove.exchange.board import Answer, Board, number_of

Line = dict[str, Any]


class Poller:
    """Pulls in pages of random sizes; begins again at random from an older cursor or with a snapshot."""

    def __init__(self, number: int, board: Board, credentials: dict[str, str]) -> None:
        self.chance = random.Random(1000 + number)
        self.board, self.credentials = board, credentials
        self.copy: dict[str, Line] = {}
        self.cursor, self.token = "", ""
        self.older = [""]
        #: The highest title of each record that this poller was shown, ever: records are told as they are when asked
        #: for, so not even an older cursor brings back an older one.
        self.seen: dict[str, int] = {}
        self.last: tuple[str, Any] = ("", None)
        self.pulls = self.lines = self.restarts = self.unchanged = self.sign_ins = self.snapshots = self.expired = 0

    def work(self) -> None:
        """Pull until told to stop."""
        while not self.board.stop.is_set():
            if self.chance.random() < 0.1:
                self.restarts += 1
                self.cursor = self.chance.choice(self.older)
            if self.chance.random() < 0.01:
                self.snapshot()
            self.pull()
            self.board.stop.wait(self.chance.random() / 2)

    def pull(self) -> None:
        """Pull to the end; what was acknowledged before it began must be there then, or newer."""
        known = self.board.known()
        limit = self.chance.choice([1, 2, 5, 20, 100, 1000])
        while self.page(limit):
            limit = self.chance.choice([limit, 20, 1000])
        self.require_no_older(known)
        self.older = [*self.older[-30:], self.cursor]

    def page(self, limit: int) -> bool:
        """Take one page; tell whether there is more."""
        path = f"changes?limit={limit}" + (f"&cursor={self.cursor}" if self.cursor else "")
        etag, page = self.last
        answer = self.see(path, {"If-None-Match": etag} if etag else {})
        self.pulls += 1
        if answer.status == HTTPStatus.GONE:
            self.expired += 1
            self.snapshot()
            return True
        if answer.status == HTTPStatus.NOT_MODIFIED:
            self.unchanged += 1
        elif answer.status == HTTPStatus.OK:
            page = answer.json
            self.last = answer.headers["ETag"], page
        else:
            self.board.fault(f"{path} answered {answer.status}: {answer.body[:200]!r}")
            return False
        self.require_order(page)
        for line in page["changes"]:
            self.keep(line)
        self.cursor = page["cursor"]
        return bool(page["has_more"])

    def keep(self, line: Line) -> None:
        self.lines += 1
        self.copy.pop(line["id"], None)
        if line["op"] == "upsert":
            self.copy[line["id"]] = line
            title = number_of(line["document"]["title"])
            if title < self.seen.get(line["id"], 0):
                self.board.fault(f"{line['id']} went back from {self.seen[line['id']]} to {title}")
            self.seen[line["id"]] = max(title, self.seen.get(line["id"], 0))

    def snapshot(self) -> None:
        """Begin anew."""
        known = self.board.known()
        self.snapshots += 1
        while not (body := b"\n" + self.see("snapshot").body).rpartition(b"\n{")[2].startswith(b'"cursor":'):
            continue  # it was cut off
        *lines, last = map(json.loads, body.strip().splitlines())
        self.copy.clear()
        for line in lines:
            self.keep(line)
        self.cursor = last["cursor"]
        self.older = [self.cursor]
        self.require_no_older(known)

    def see(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        """Ask as the partner; a token that has expired is renewed."""
        while True:
            given = {"Authorization": f"Bearer {self.token}"} | (headers or {})
            answer = self.board.ask("GET", f"partner/{path}", given)
            if answer.status != HTTPStatus.UNAUTHORIZED:
                return answer
            self.sign_in()

    def sign_in(self) -> None:
        pair = f"{self.credentials['slug']}:{self.credentials['secret']}"
        headers = {
            "Authorization": "Basic " + base64.b64encode(pair.encode()).decode(),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        answer = self.board.ask("POST", "oauth/token", headers, b"grant_type=client_credentials")
        assert answer.status == HTTPStatus.OK, answer.body
        self.sign_ins += 1
        self.token = answer.json["access_token"]

    def digest(self) -> list[tuple[int, str]]:
        """Return count and sum of the copy, which holds one kind, as the register's digest tells them."""
        digests = [int(line["digest"], 16) for line in self.copy.values()]
        return [(len(digests), f"{sum(digests) % 2**64:016x}")] if digests else []

    def require_no_older(self, known: dict[str, int]) -> None:
        """Note records of which the copy is older than what was acknowledged before the pull began."""
        for key, line in self.copy.items():
            if number_of(line["document"]["title"]) < known.get(key, 0):
                self.board.fault(f"{key} is at {line['document']['title']} after a pull, {known[key]} was kept before")

    def require_order(self, page: Any) -> None:
        """Note positions that are too few for the lines, or that were another line's before."""
        ids = [line["id"] for line in page["changes"]]
        epoch, stream, end = place_of(page["cursor"])
        begin = place_of(self.cursor)[2] if self.cursor else 0
        if end - begin < len(ids):
            self.board.fault(f"{len(ids)} records between positions {begin} and {end}")
        if len(set(ids)) != len(ids):
            self.board.fault("a record comes twice in a page")
        if ids:
            self.board.told_at((epoch, stream, end), page["changes"][-1])


def place_of(cursor: str) -> tuple[str, str, int]:
    """Return epoch, stream and position of a cursor. Partners have no business to look; the proof has."""
    text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    epoch, stream, position = json.loads(text.rsplit(":", 1)[0])
    return epoch, stream, position

"""Staff at work over the API: whatever moves a partner's stream, on records that all of them share."""

import json
import random
import uuid
from http import HTTPStatus
from typing import Any

from tests.prove.exchange.board import Answer, Board, title_of

_REASON = {"reason": "To see what happens."}
_REFUSALS = {400, 404, 409, 412, 308}
_MARKINGS = ("public", "public", "internal", "restricted")
_RELATIONS = ("amends", "implements", "supplements")


class Writer:
    """One of staff. Writes as an approver and proposes releases as an administrator; another approver decides.

    A title is the version that its write makes, so that titles of a record rise in the order of commits.
    """

    def __init__(self, number: int, board: Board, world: dict[str, Any]) -> None:
        self.chance = random.Random(number)
        self.board, self.world = board, world
        self.own: list[str] = []
        self.releases: list[str] = []
        self.partners = [partner["id"] for partner in world["partners"]]
        retitle, mark, release = self.retitle, self.mark, self.release
        self.acts = [retitle, retitle, retitle, mark, release, release, self.err, self.merge, self.relate]

    def work(self) -> None:
        """Write until told to stop; what was begun is brought to its end."""
        while not self.board.stop.is_set():
            if len(self.own) < 4 or self.chance.random() < 0.03:
                self.enter()
            else:
                self.step()

    def step(self) -> None:
        """Do something to a record, mostly one of one's own."""
        others = sorted(self.board.known())
        record = self.chance.choice(self.own if self.chance.random() < 0.7 else others)
        answer = self.read(f"agreements/{record}")
        if answer.status == HTTPStatus.PERMANENT_REDIRECT:
            self.unmerge(answer.headers["Location"].rsplit("/", 1)[1], record)
            return
        shown = answer.json
        if shown["is_in_error"]:
            self.write(f"agreements/{record}/restore", shown, _REASON)
        else:
            self.chance.choice(self.acts)(shown)

    def enter(self) -> None:
        parties = [
            {"organization": self.world["ours"], "side": "ours"},
            {"organization": self.chance.choice([self.world["theirs"], self.world["named"]])},
        ]
        body = {
            "title": title_of(1), "instrument": "cooperation_agreement", "parties": parties,
            "marking": self.chance.choice(_MARKINGS), "allow_duplicate": True,
        }  # fmt: skip
        if made := self.write("agreements", None, body, title=1):
            self.own.append(made["id"])

    def retitle(self, shown: Any) -> None:
        self.correct(shown)

    def mark(self, shown: Any) -> None:
        self.correct(shown, marking=self.chance.choice(_MARKINGS))

    def relate(self, shown: Any) -> None:
        other = self.chance.choice(self.own)
        relations = [{"relation": self.chance.choice(_RELATIONS), "agreement": other}]
        self.correct(shown, relations=relations if other != shown["id"] and self.chance.random() < 0.6 else [])

    def correct(self, shown: Any, **values: Any) -> None:
        title = shown["version"] + 1
        path = f"agreements/{shown['id']}"
        self.write(path, shown, {"title": title_of(title), **values}, method="PATCH", title=title)

    def release(self, shown: Any) -> None:
        if self.releases and self.chance.random() < 0.4:
            key = self.releases.pop(self.chance.randrange(len(self.releases)))
            self.write(f"releases/{key}/withdraw", self.read(f"releases/{key}").json, _REASON)
            return
        body = {"partner": self.chance.choice(self.partners), "records": [shown["id"]]}
        if made := self.write("releases", None, body, by="administrator"):
            for waiting in self.read(f"approvals?record={made['id']}&state=proposed").json["results"]:
                self.approve(waiting)
            self.releases.append(made["id"])

    def approve(self, proposal: Any) -> None:
        self.write(f"approvals/{proposal['id']}/approve", proposal, {}, by="chief")

    def err(self, shown: Any) -> None:
        self.write(f"agreements/{shown['id']}/enter-in-error", shown, _REASON)

    def merge(self, shown: Any) -> None:
        other = self.chance.choice(self.own)
        if other != shown["id"]:
            self.write(f"agreements/{shown['id']}/merge", shown, {"other": other, **_REASON})

    def unmerge(self, survivor: str, other: str) -> None:
        answer = self.read(f"agreements/{survivor}")
        if answer.status == HTTPStatus.OK:
            self.write(f"agreements/{survivor}/unmerge", answer.json, {"other": other, **_REASON})

    def read(self, path: str) -> Answer:
        return self.board.ask("GET", path, {"Authorization": f"Bearer {self.world['approver']}"})

    def write(
        self, path: str, read: Any, body: Any, *, by: str = "approver", method: str = "POST", title: int | None = None
    ) -> Any:
        """Return what a write left, or None if the register refused it; repeated under one key until it is answered."""
        headers = {
            "Authorization": f"Bearer {self.world[by]}",
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
        } | ({"If-Match": f'"{read["version"]}"'} if read else {})
        answer = self.board.ask(method, path, headers, json.dumps(body).encode())
        while answer.status == HTTPStatus.CONFLICT and b"/problems/request-in-progress" in answer.body:
            answer = self.board.ask(method, path, headers, json.dumps(body).encode())
        if answer.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
            left = answer.json
            self.board.acknowledge(left["id"], left["version"], title)
            return left
        if answer.status == HTTPStatus.ACCEPTED:  # all but the marking is kept; a second person decides on that
            proposal = answer.json
            record = proposal["record"]["id"]
            self.board.acknowledge(record, proposal["record_version"], title)
            self.approve(proposal)
            return {"id": record}
        if answer.status not in _REFUSALS:
            self.board.fault(f"{method} {path} answered {answer.status}: {answer.body[:200]!r}")
        with self.board.lock:
            self.board.refused += 1
        return None

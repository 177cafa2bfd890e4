"""Partners pull through a standby that is paused, killed, stopped and promoted: all is as the primary would show it.

Where a standby is paused, the test reads it past the register first and finds what must not be shown: it would be.
"""

import itertools
import json
import os
import random
import sys
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.bench.register import free_port
from tests.prove.exchange.board import Board, title_of
from tests.prove.exchange.pollers import Poller, place_of
from tests.prove.exchange.proof import POLLERS, require_right_copies, run_beside
from tests.prove.exchange.serving import ServedRegister
from tests.prove.exchange.staff import Writer
from tests.prove.standby import Standby
from tests.sgoffice.database.servers import new_server

SECONDS = float(os.environ.get("SGOFFICE_PROVE_SECONDS", "45"))
FAULTS = int(os.environ.get("SGOFFICE_PROVE_KILLS", "20"))
_CARRIES = "SELECT count(*) FROM feed_shown WHERE stream = %s AND entry = %s"
_WHY = {"reason": "To see what happens."}


class Scene:
    """A register that is served with a standby as its replica, somebody of staff, and a partner."""

    def __init__(self, register, standby, world, metrics):
        self.register, self.standby, self.world, self.metrics = register, standby, world, metrics
        self.board = Board(register.port)
        self.staff = Writer(0, self.board, world)
        self.entered: list[str] = []
        self.release = ""
        self.partner = Poller(0, self.board, next(one for one in world["partners"] if one["slug"] == "first"))

    def enter(self, marking="public"):
        parties = [{"organization": self.world["ours"], "side": "ours"}, {"organization": self.world["theirs"]}]
        body = {
            "title": title_of(1), "instrument": "cooperation_agreement", "parties": parties, "marking": marking,
            "allow_duplicate": True,
        }  # fmt: skip
        self.entered.append(self.staff.write("agreements", None, body, title=1)["id"])
        return self.entered[-1]

    def write(self, step, record, body, method="POST"):
        """Write as staff; what two people decide is approved."""
        path = f"agreements/{record}"
        assert self.staff.write(path + step, self.staff.read(path).json, body, method=method), self.board.faults

    def clear(self):
        """Take back what was entered: partners get none of it any more."""
        while self.entered:
            record = self.entered.pop()
            if not self.staff.read(f"agreements/{record}").json["is_in_error"]:
                self.write("/enter-in-error", record, _WHY)

    def outcomes(self):
        """Return what became of asking the replica, over all workers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics}/metrics", timeout=10) as answer:
            families = list(text_string_to_metric_families(answer.read().decode()))
        samples = [one for family in families for one in family.samples]
        return Counter(
            {one.labels["outcome"]: one.value for one in samples if one.name == "sgoffice_replica_questions_total"}
        )

    def warm(self):
        """Ask until the replica answers one after the other: every worker is connected."""
        end = time.monotonic() + 120
        while True:
            before = self.outcomes()
            for _ in range(16):
                self.partner.see("digest")
            if (self.outcomes() - before)["answered"] == 16:
                return
            assert time.monotonic() < end, self.outcomes()
            time.sleep(0.2)

    def texts(self, record):
        """Return all that the partner can get of a record at the moment, twice: from each worker, most likely."""
        answers = [
            self.partner.see(path)
            for path in ("changes?limit=1000", "snapshot", f"records/{record}", "snapshot?format=json&limit=1000") * 2
        ]
        return [answer.body.decode() for answer in answers]


@pytest.fixture(scope="module")
def scene():
    with ServedRegister(seed=5) as register:
        world, metrics = register.fill(), free_port()
        standby = Standby(new_server(register.state / "postgresql", is_durable=True), register.place / "standby")
        standby.primary.start()
        register.environment |= {"SGOFFICE_METRICS": f"127.0.0.1:{metrics}", "SGOFFICE_THREADS": "12"}
        try:
            standby.make()
            register.environment["DATABASE_REPLICA_URLS"] = standby.url
            register.serve()
            yield Scene(register, standby, world, metrics)
        finally:
            standby.kill()
            register.end_server()
            standby.primary.leave()


@pytest.fixture(autouse=True)
def _cleared(scene):
    yield
    scene.clear()


def test_a_replica_answers_what_the_primary_would(scene):
    for _ in range(4):
        record = scene.enter()
    scene.standby.await_primary()
    scene.warm()
    paths = ("changes?limit=2", "changes?digest=true", "snapshot", "digest", f"records/{record}")

    before = scene.outcomes()
    by_replica = [scene.partner.see(path).body for path in paths]
    asked = scene.outcomes() - before
    scene.standby.kill()
    by_primary = [scene.partner.see(path).body for path in paths]
    scene.standby.start()

    assert asked["answered"] > len(paths) / 2
    assert by_primary == by_replica


def raised(scene, record):
    scene.write("", record, {"marking": "restricted"}, method="PATCH")


def entered_in_error(scene, record):
    scene.write("/enter-in-error", record, _WHY)


def redacted(scene, record):
    scene.write("/redact", record, {"pointers": ["/title"], **_WHY})


def release_ended(scene, _):
    path = f"releases/{scene.release}"
    assert scene.staff.write(f"{path}/withdraw", scene.staff.read(path).json, _WHY)


@pytest.mark.parametrize("narrow", [raised, entered_in_error, redacted, release_ended])
def test_what_was_taken_back_is_gone_on_the_next_request(scene, narrow):
    record = scene.enter("internal" if narrow is release_ended else "public")
    secret = title_of(7)
    scene.write("", record, {"title": secret}, method="PATCH")
    if narrow is release_ended:
        body = {"partner": scene.partner.credentials["id"], "records": [record]}
        made = scene.staff.write("releases", None, body, by="administrator")
        [waiting] = scene.staff.read(f"approvals?record={made['id']}&state=proposed").json["results"]
        scene.staff.approve(waiting)
        scene.release = made["id"]
    scene.standby.await_primary()
    scene.warm()
    with scene.standby.paused():
        before = scene.outcomes()
        assert all(secret in text for text in scene.texts(record))
        assert (scene.outcomes() - before)["answered"] > 0

        narrow(scene, record)
        shown = scene.texts(record)
        count = sum(kind["count"] for kind in scene.partner.see("digest").json["kinds"])

        stale = scene.standby.ask(_CARRIES, [scene.partner.credentials["id"], record])
        assert stale == 1  # the replica would still show it
        assert not [text for text in shown if secret in text]
        assert count == len([line for line in shown[1].splitlines() if '"op"' in line])
    scene.warm()


def test_a_partner_that_is_disabled_gets_nothing(scene):
    slug = scene.partner.credentials["slug"]
    scene.warm()
    with scene.standby.paused():
        read = scene.staff.read(f"partners/{slug}").json
        assert scene.staff.write(f"partners/{slug}", read, {"is_active": False}, by="administrator", method="PATCH")
        headers = {"Authorization": f"Bearer {scene.partner.token}"}
        statuses = {scene.board.ask("GET", f"partner/{path}", headers).status for path in ("changes", "snapshot") * 5}
        read = scene.staff.read(f"partners/{slug}").json
        assert scene.staff.write(f"partners/{slug}", read, {"is_active": True}, by="administrator", method="PATCH")

    assert statuses == {401}


def test_what_was_added_is_not_late_and_no_cursor_goes_back(scene):
    scene.warm()
    scene.partner.pull()
    with scene.standby.paused():
        begun, before = place_of(scene.partner.cursor)[2], scene.outcomes()
        for number in range(1, 4):
            record = scene.enter()
            scene.partner.pull()
            assert record in scene.partner.copy
            assert place_of(scene.partner.cursor)[2] >= begun + number
        at_the_end = [scene.partner.see(f"changes?digest=true&cursor={scene.partner.cursor}") for _ in range(10)]
        assert {(answer.status, answer.json["cursor"]) for answer in at_the_end} == {(200, scene.partner.cursor)}
        assert {json.dumps(answer.json["digest"]) for answer in at_the_end} == {
            json.dumps(scene.partner.see("digest").json["kinds"])
        }
        asked = scene.outcomes() - before
        assert asked["behind"] > 0
        assert asked["answered"] == 0
    scene.warm()
    assert scene.partner.see(f"changes?cursor={scene.partner.cursor}").json["changes"] == []
    assert scene.board.faults == []


def test_a_promoted_replica_is_left_out(scene):
    scene.warm()
    scene.standby.promote()
    before = scene.outcomes()
    answers = [scene.partner.see("digest").status for _ in range(30)]
    record = scene.enter()
    scene.partner.snapshot()
    asked = scene.outcomes() - before
    scene.standby.make()

    assert set(answers) == {200}
    assert record in scene.partner.copy
    assert asked["promoted"] > 0
    assert asked["answered"] == 0
    scene.warm()


@contextmanager
def killed(scene):
    scene.standby.kill()
    yield
    scene.standby.start()


@contextmanager
def promoted(scene):
    scene.standby.promote()
    yield
    scene.standby.make()


def test_every_copy_is_right_whatever_becomes_of_the_replica(scene, capsys):
    board, partners = Board(scene.register.port), scene.world["partners"]
    pollers = [Poller(number, board, partners[number % len(partners)]) for number in range(POLLERS)]
    writers = [Writer(number, board, scene.world) for number in range(1, 3)]
    ways = {"paused": lambda _: scene.standby.paused(), "killed": killed, "stopped": lambda _: scene.standby.stopped()}
    done, before = Counter(), scene.outcomes()

    def disturb():
        chance, end = random.Random(5), time.monotonic() + SECONDS
        for way in itertools.chain(*[[*ways] * 3, ["promoted"]] * FAULTS):
            if time.monotonic() > end and sum(done.values()) >= FAULTS:
                return
            with (ways | {"promoted": promoted})[way](scene):
                time.sleep(chance.uniform(0.3, 1.5))
            done[way] += 1
            time.sleep(chance.uniform(0.5, 2))

    run_beside([one.work for one in (*writers, *pollers)], board, disturb)
    outcomes = scene.outcomes() - before

    with capsys.disabled():
        told = f"{dict(done)}; {len(board.notes)} writes, {sum(one.pulls for one in pollers)} pulls, "
        told += f"{sum(one.snapshots for one in pollers)} snapshots; {dict(board.answers)}; replica {dict(outcomes)}"
        sys.stdout.write(f"\n  {told}\n")
    assert board.faults == []
    assert not [one for one in board.answers if one[0] == "partner" and one[1] >= 500]
    assert outcomes["answered"] > 0
    assert sum(one.expired for one in pollers) == 0
    require_right_copies(pollers, board, writers[0])
    assert board.faults == []

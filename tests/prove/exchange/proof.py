"""The proof that the exchange loses, reverses and leaks nothing while it is used and killed."""

import random
import threading
import time
from dataclasses import dataclass
from typing import Any

from tests.prove.crashing import require_nothing_lost
from tests.prove.exchange.board import Board
from tests.prove.exchange.controls import naive_readers
from tests.prove.exchange.pollers import Poller, place_of
from tests.prove.exchange.serving import WAYS, ServedRegister
from tests.prove.exchange.staff import Writer

WRITERS, POLLERS = 8, 20


@dataclass(frozen=True)
class Figures:
    """What happened, and how many entries the controls lost of how many."""

    kills: dict[str, int]
    starts: int
    writes: int
    refused: int
    repeated: int
    records: int
    pulls: int
    lines: int
    unchanged: int
    restarts: int
    snapshots: int
    sign_ins: int
    lost_by_sequence: tuple[int, int]
    lost_by_time: tuple[int, int]


def prove(*, seconds: float, kills: int, seed: int, writers: int = WRITERS, pollers: int = POLLERS) -> Figures:
    """Let staff write and partners pull while the register is killed, and require that every copy is right."""
    with ServedRegister(seed=seed) as register:
        world = register.fill()
        board = Board(register.port)
        partners = world["partners"]
        pulling = [Poller(number, board, partners[number % len(partners)]) for number in range(pollers)]
        naive = naive_readers(register)
        register.serve()
        works = [one.work for one in (*(Writer(number, board, world) for number in range(writers)), *pulling)]
        works += [lambda reader=reader: reader.work(board.stop) for reader in naive.values()]
        done = run_beside(
            works, board, lambda: _kill_again_and_again(register, board, seconds, kills, seed=seed, writers=writers)
        )
        assert not board.faults, board.faults[:9]
        lost = {name: reader.lost() for name, reader in naive.items()}
        require_right_copies(pulling, board, Writer(0, board, world))
        # one life of the register, however often it was killed
        assert {epoch for epoch, _, _ in board.places} == {place_of(pulling[0].cursor)[0]}
        assert sum(poller.expired for poller in pulling) == 0
        _require_new_life(register, pulling, board)
        assert not board.faults, board.faults[:9]
        starts = register.starts
        _require_sound(register, board)
    return Figures(
        done, starts, len(board.notes), board.refused, board.repeated, len(board.titles),
        *(sum(getattr(poller, name) for poller in pulling) for name in
          ("pulls", "lines", "unchanged", "restarts", "snapshots", "sign_ins")),
        lost["sequence"], lost["time"],
    )  # fmt: skip


def run_beside(works: list[Any], board: Board, main: Any) -> Any:
    """Run works in threads and `main` in this one, then stop them; what one of them raises is a fault."""

    def run(work: Any) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the proof looks at it
            board.fault(repr(error))

    threads = [threading.Thread(target=run, args=[work], daemon=True) for work in works]
    for thread in threads:
        thread.start()
    try:
        return main()
    finally:
        board.stop.set()
        for thread in threads:
            thread.join(180)
        assert not any(thread.is_alive() for thread in threads)


def _kill_again_and_again(
    register: ServedRegister, board: Board, seconds: float, kills: int, *, seed: int, writers: int
) -> dict[str, int]:
    """Kill in every way in turn, so often in so many seconds; after each the register must be at work again."""
    chance, done = random.Random(seed), dict.fromkeys(WAYS, 0)
    begun = time.monotonic()
    for number in range(kills):
        at = begun + seconds * (number + chance.uniform(0.3, 0.9)) / kills
        time.sleep(max(0.1, at - time.monotonic()))
        if number % 5 == 1:
            register.sign_everybody_out()
        what = WAYS[number % len(WAYS)]
        before = len(board.notes)
        register.strike(what)
        done[what] += 1
        end = time.monotonic() + 90
        while len(board.notes) < before + writers:
            assert time.monotonic() < end, f"nothing was written after {what}: {board.faults}"
            register.serve()
            time.sleep(0.02)
    time.sleep(max(0.0, begun + seconds - time.monotonic()))
    return done


def require_right_copies(pollers: list[Poller], board: Board, staff: Writer) -> None:
    """Require of every copy: what a fresh snapshot and GET show, what staff's own pages imply, and the digest."""
    everything = sorted(board.titles)
    for slug in {poller.credentials["slug"] for poller in pollers}:
        of_partner = [poller for poller in pollers if poller.credentials["slug"] == slug]
        fresh = Poller(len(pollers), board, of_partner[0].credentials)
        fresh.snapshot()
        shown = {}
        for key in everything:
            answer = fresh.see(f"records/{key}")
            assert answer.status in {200, 404}
            if answer.status == 200:
                shown[key] = answer.json
        assert fresh.copy == shown
        assert set(shown) == _expected(staff, everything, of_partner[0].credentials)
        digest = fresh.see("digest").json["kinds"]
        for poller in of_partner:
            poller.pull()
            assert poller.copy == shown
            assert [(kind["count"], kind["hash"]) for kind in digest] == poller.digest()


def _expected(staff: Writer, everything: list[str], partner: dict[str, str]) -> set[str]:
    """Return what a partner may have, judged by the pages of staff alone and not by the feed."""
    released = set()
    path = f"releases?partner={partner['id']}&state=approved&limit=100"
    while path:
        page = staff.read(path).json
        released |= {row["id"] for release in page["results"] for row in release["records"] if not row["is_withdrawn"]}
        path = (page["next"] or "").partition("/api/v1/")[2]
    found = set()
    for key in everything:
        answer = staff.read(f"agreements/{key}")
        if answer.status == 308 or (shown := answer.json)["is_in_error"]:
            continue
        named = any(party["organization"]["id"] == staff.world["named"] for party in shown["parties"])
        is_released = key in released or (named and partner["slug"] == "named")
        if shown["marking"] == "public" or (shown["marking"] == "internal" and is_released):
            found.add(key)
    return found


def _require_new_life(register: ServedRegister, pollers: list[Poller], board: Board) -> None:
    """Begin another life, as after a restore: every poller is told by 410, takes the snapshot and is right again."""
    before = [poller.copy.copy() for poller in pollers]
    register.run("manage.py", "begin_epoch")
    for poller, copy in zip(pollers, before, strict=True):
        poller.pull()
        assert (poller.expired, poller.copy) == (1, copy)


def _require_sound(register: ServedRegister, board: Board) -> None:
    """Stop serving, and require that nothing acknowledged is lost, and all that is derived is right."""
    register.end_server()
    register.files.append(register.place / "notes")
    register.files[-1].write_text("\n".join(board.notes) + "\n", encoding="utf-8")
    require_nothing_lost(register.verdict())

"""Writes over HTTP: entering an engagement with four participants, and correcting one."""

import json
import random
from typing import Any

from tests.bench.measuring import Figures, Target

CREATE, CORRECT = "create", "correct"


def figures_of(target: Target, said: dict[str, Any]) -> dict[str, Figures]:
    """Return what is to be measured: all days lie before those of the engagements that are read."""
    officer = Target(target.port, said["officer"], target.process, target.data)
    chance = random.Random()
    made = [f"/api/v1/engagements/{_entered(officer, said, chance)}" for _ in range(40)]

    def create(_: int) -> bytes:
        return officer.request("/api/v1/engagements", _entry(said, chance), "POST")

    def correct(number: int) -> bytes:
        body = json.dumps({"summary": f"They agreed on {number} {chance.random()} points."}).encode()
        path = made[number % len(made)]
        return officer.request(path, body, "PATCH", If_Match="*")

    return {CREATE: Figures(officer, create), CORRECT: Figures(officer, correct)}


def _entered(officer: Target, said: dict[str, Any], chance: random.Random) -> str:
    _, body = officer.answer(officer.request("/api/v1/engagements", _entry(said, chance), "POST"))
    return str(json.loads(body)["id"])


def _entry(said: dict[str, Any], chance: random.Random) -> bytes:
    people, bodies = chance.sample(said["people"], 4), chance.sample(said["bodies"][1:], 4)
    entry = {
        "title": f"Meeting of the benchmark {chance.getrandbits(48):x}",
        "kind": "bilateral_meeting",
        "status": "held",
        "held": f"1999-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "city": "Lyon",
        "country": "FR",
        "summary": "They spoke of cooperation and of training. " * 3,
        "participants": [
            {"person": person, "attendance": "attended",
             "capacities": [{"title": "Director General", "organization": body}]}
            for person, body in zip(people, bodies, strict=True)
        ],
        "allow_duplicate": True,
    }  # fmt: skip
    return json.dumps(entry).encode()

"""Signed checkpoints: what was written before the newest one cannot be bent, nor they themselves."""

import hashlib
import json
from base64 import b64encode
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from sgoffice.changes import checkpointing, clock, integrity
from sgoffice.history import checkpoints, signing, trace
from tests.factories.directory import person
from tests.sgoffice.records.asking import ask, tamper

pytestmark = pytest.mark.usefixtures("fresh_database")


@pytest.fixture
def written():
    """Three checkpoints, each after a change and a row of the trace."""
    for number in range(3):
        person(f"Person {number}")
        trace.record(trace.Act.EXPORT, door=trace.Door.API)
        checkpoints.write(at=timezone.now())
    assert found() == []
    return sorted(checkpoints.folder().iterdir())


def found():
    return [f"{fault.place}: {fault.detail}" for fault in integrity.faults()]


def test_checkpoint_says_how_far_chain_and_trace_came_and_is_for_its_user_only(written):
    said = json.loads(json.loads(written[2].read_text())["signed"])

    assert (said["number"], said["position"], len(said["links"])) == (3, 3, 1)
    assert said["links"][0][2][0][0] == "directory_person"
    assert said["trace"]["count"] == 1
    assert {place.stat().st_mode & 0o777 for place in (*written, Path(settings.CHECKPOINT_KEY))} == {0o600}


@pytest.mark.parametrize("statement", ["UPDATE trace_item SET actor = 'x'", "DELETE FROM trace_item"])
def test_row_of_the_trace_that_was_sealed_cannot_be_altered(written, statement):
    tamper("trace_item", f"{statement} WHERE id = 2")

    assert [line for line in found() if line.startswith("trace_item 2 to 2: ")]


def alter(place):
    body = json.loads(place.read_text())
    said = json.loads(body["signed"]) | {"position": 0, "hash": ""}
    place.write_text(json.dumps(body | {"signed": json.dumps(said)}))


def sign_with_another_key(place):
    body = json.loads(place.read_text())
    other = signing.private_key(place.parent.with_name("other.pem"))
    body["signature"] = b64encode(other.sign(body["signed"].encode())).decode()
    place.write_text(json.dumps(body))


def cut_short(place):
    place.write_bytes(place.read_bytes()[:-10])


@pytest.mark.parametrize("tampering", [alter, sign_with_another_key, cut_short])
def test_checkpoint_that_was_altered_is_reported_and_none_is_written_after_it(written, tampering):
    tampering(written[2])

    with pytest.raises(checkpoints.Unsound):
        checkpoints.write(at=timezone.now())
    assert next(iter(checkpoints.faults())).place == f"checkpoint {written[2].stem}"


def sign(number, previous):
    """Put a checkpoint in place that the key of this register signed, beside the one who wrote the others."""
    newest = json.loads(json.loads(max(checkpoints.folder().iterdir()).read_text())["signed"])
    text = json.dumps(newest | {"number": number, "previous": previous})
    signature = b64encode(signing.private_key(Path(settings.CHECKPOINT_KEY)).sign(text.encode())).decode()
    place = checkpoints.folder() / f"{number:08d}.json"
    place.write_text(json.dumps({"signed": text, "signature": signature}))
    return f"checkpoint {place.stem}: the checkpoint before it is gone or another one"


def digest_of(place):
    return hashlib.sha256(json.loads(place.read_text())["signed"].encode()).hexdigest()


def test_each_checkpoint_has_the_next_number_and_names_the_one_before(written):
    said = [json.loads(json.loads(place.read_text())["signed"]) for place in written]

    assert [(one["number"], one["previous"]) for one in said] == [
        (1, ""), (2, digest_of(written[0])), (3, digest_of(written[1])),
    ]  # fmt: skip


def test_checkpoints_begin_with_the_first(written):
    written[0].unlink()

    assert found() == [f"checkpoint {written[1].stem}: the checkpoint before it is gone or another one"]


def test_a_number_is_left_out_by_none_even_where_it_names_the_one_before(written):
    assert found() == []

    assert sign(5, digest_of(written[2])) in found()


def test_another_checkpoint_in_the_place_of_one_is_reported_by_the_next(written):
    assert sign(4, digest_of(written[1])) in found()


def test_a_checkpoint_that_was_renamed_is_reported(written):
    written[2].rename(written[2].with_stem("00000004"))

    assert [(fault.place, fault.detail) for fault in checkpoints.faults()] == [
        ("checkpoint 00000004", "it is not as it was signed with the key of this register")
    ]


def test_checkpoints_of_many_threads_are_whole_and_leave_nothing_beside_them(in_threads):
    person("Anybody")
    for _ in range(5):
        results = in_threads(6, lambda _: checkpoints.write(at=timezone.now()).number)
        assert [one for one in results if not isinstance(one, int)] == []

    assert sorted(place.name for place in checkpoints.folder().iterdir()) == [f"{n:08d}.json" for n in range(1, 31)]
    assert found() == []


def test_one_key_is_made_by_many_threads(in_threads):
    place = Path(settings.CHECKPOINT_KEY)

    keys = in_threads(8, lambda _: signing.private_key(place).private_bytes_raw())

    assert len(set(keys)) == 1
    assert {one.name for one in place.parent.iterdir()} == {place.name, place.with_suffix(".pub").name}


def test_checkpoint_that_is_gone_from_the_middle_is_reported(written):
    written[1].unlink()

    assert found() == [f"checkpoint {written[2].stem}: the checkpoint before it is gone or another one"]


def test_what_somebody_accepts_is_signed_and_no_longer_reported(written):
    ask("UPDATE directory_person SET name = 'x' WHERE name = 'Person 1'")
    with pytest.raises(CommandError):
        call_command("verify_history", stdout=StringIO(), stderr=StringIO())

    call_command("verify_history", accept="Repaired by hand", stdout=StringIO(), stderr=StringIO())

    assert found() == []
    assert checkpoints.newest().accepted[0]["reason"] == "Repaired by hand"


def test_worker_writes_a_checkpoint_at_once_and_when_it_stops(written):
    stop = Event()
    stop.set()

    checkpointing.work(stop, every=3600)

    assert checkpoints.newest().number == 4


def test_result_of_the_night_is_kept_and_told_without_reasons(written, client):
    clock.run_passes(timezone.now())
    assert integrity.work_once(str) == []
    assert client.get("/readyz").json()["status"] == "ready"
    tamper("directory_person", "UPDATE directory_person SET name = 'Wladimir' WHERE name = 'Person 1'")

    run = integrity.verify()
    answer = client.get("/readyz")

    assert (run.fault_count, answer.status_code, answer.json()["status"]) == (1, 200, "degraded")
    assert "directory_person" not in answer.content.decode()
    assert integrity.work_once(str) == []  # it ran today

"""Signed checkpoints, kept outside the database: how far the chain and the trace had come, and what they were then.

Each is a file with a number; it names the digest of the one before, so that none goes unnoticed from the middle. What
it says is signed as text. Whoever can write to the database but not to the folder, or not read the key, cannot bend
what was written before the newest checkpoint.
"""

import hashlib
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction

from sgoffice.history import signing
from sgoffice.history.verification import Fault, has_link, head

#: The lock that each writer of the trace shares (trace.sql).
_SEAL_LOCK = 7261905205
#: A checkpoint lists so many of the links since the one before, and so many rows of each.
_LINKS, _ROWS = 10_000, 200
_REPORTED = 100


class Unsound(Exception):
    """The register is not what the newest checkpoint says, so that no other one is written."""


@dataclass(frozen=True)
class Checkpoint:
    """What one file says."""

    number: int
    at: datetime
    position: int
    hash: str
    #: Position, hash and rows (table, id) of links since the checkpoint before.
    links: list[tuple[int, str, list[tuple[str, str]]]]
    #: The rows of the trace since the checkpoint before: from, until, how many, and their digest.
    trace: dict[str, Any]
    #: What somebody accepted, with the reason: place, detail, reason.
    accepted: list[dict[str, str]]
    #: Whether it was written for another history than the one before, such as that of a restored backup.
    is_anew: bool
    previous: str
    digest: str = field(default="", compare=False)


def folder() -> Path:
    return Path(settings.CHECKPOINTS)


def own_key() -> Ed25519PublicKey:
    """Return the public key of this installation. Raises UnusableKey."""
    return signing.private_key(Path(settings.CHECKPOINT_KEY)).public_key()


def newest() -> Checkpoint | None:
    """Return the newest checkpoint. Raises Unsound if it is not as this installation signed it."""
    numbered = _files()
    if not numbered:
        return None
    found, is_right = _read(numbered[-1], own_key())
    if found is None or not is_right:
        message = f"{numbered[-1]} is not as this register signed it: find out who wrote it, and restore it."
        raise Unsound(message)
    return found


def write(*, at: datetime, accepted: Sequence[Fault] = (), reason: str = "") -> Checkpoint:
    """Write the next checkpoint, with what somebody accepted for a reason.

    Raises Unsound if the newest one does not fit the register and nothing was accepted; UnusableKey, or OSError, if it
    cannot be written.
    """
    key = signing.private_key(Path(settings.CHECKPOINT_KEY))
    while True:
        before = newest()
        is_anew = before is not None and not has_link(before.position, before.hash)
        if is_anew and not accepted:
            message = "The newest checkpoint does not fit the register: run verify_history, which says where."
            raise Unsound(message)
        made = _content(before, at, [*_accepted(before), *_as_accepted(accepted, reason)], is_anew=is_anew)
        text = orjson.dumps(made)
        body = orjson.dumps({"signed": text.decode(), "signature": b64encode(key.sign(text)).decode()})
        try:
            _create(folder() / f"{made['number']:08d}.json", body)
        except FileExistsError:
            continue  # another worker wrote this one meanwhile
        return _checkpoint(made, text)


def faults(key: Ed25519PublicKey | None = None) -> Iterator[Fault]:
    """Yield where the register differs from its checkpoints, and where these are not what was written."""
    key = key or own_key()
    found: list[Checkpoint] = []
    for place in _files():
        checkpoint, is_right = _read(place, key)
        if checkpoint is None or not is_right:
            yield Fault(f"checkpoint {place.stem}", "it is not as it was signed with the key of this register")
        else:
            if checkpoint.number != (found[-1].number if found else 0) + 1 or (
                found and checkpoint.previous != found[-1].digest
            ):
                yield Fault(f"checkpoint {place.stem}", "the checkpoint before it is gone or another one")
            found.append(checkpoint)
    if not found:
        return
    if not has_link(found[-1].position, found[-1].hash):
        yield from _chain_faults(found)
    yield from _trace_faults(found)


def accepted() -> set[Fault]:
    """Return the faults that the newest checkpoint lists as accepted."""
    return {Fault(item["place"], item["detail"]) for item in _accepted(newest())}


def _accepted(checkpoint: Checkpoint | None) -> list[dict[str, str]]:
    return checkpoint.accepted if checkpoint else []


def _as_accepted(found: Sequence[Fault], reason: str) -> list[dict[str, str]]:
    return [{"place": fault.place, "detail": fault.detail, "reason": reason} for fault in found]


def _content(
    before: Checkpoint | None, at: datetime, accepted: list[dict[str, str]], *, is_anew: bool
) -> dict[str, Any]:
    sealed = before.trace["until"] if before else 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        cursor.execute("SELECT coalesce(max(id), 0) FROM trace_item")
        until = max(cursor.fetchone()[0], sealed)
    position, digest = head()
    with connection.cursor() as cursor:
        cursor.execute(_TRACE, [sealed, until])
        count, trace_digest = cursor.fetchone()
        cursor.execute(_NEW_LINKS, [_ROWS, before.position if before and not is_anew else 0, position, _LINKS])
        links = cursor.fetchall()
    return {
        "number": before.number + 1 if before else 1,
        "at": at,
        "position": position,
        "hash": digest,
        "links": links,
        "trace": {"after": sealed, "until": until, "count": count, "digest": trace_digest},
        "accepted": accepted,
        "is_anew": is_anew,
        "previous": before.digest if before else "",
    }


def _create(place: Path, body: bytes) -> None:
    """Put a whole file in its place, unless there is one."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=place.parent, prefix=".") as file:  # of this thread alone, and of its user alone
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
        place.hardlink_to(file.name)


def _files() -> list[Path]:
    return sorted(folder().glob("[0-9]*.json"))


def _read(place: Path, key: Ed25519PublicKey | None = None) -> tuple[Checkpoint | None, bool]:
    """Return what a file says, None if it is none, and whether this key signed it."""
    try:
        body = orjson.loads(place.read_bytes())
        text = body["signed"].encode()
        found = _checkpoint(orjson.loads(text), text)
        is_right = key is None or signing.is_signed(key, b64decode(body["signature"]), text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None, False
    return found, is_right and place.stem == f"{found.number:08d}"


def _checkpoint(said: dict[str, Any], text: bytes) -> Checkpoint:
    at = said["at"] if isinstance(said["at"], datetime) else datetime.fromisoformat(said["at"])
    return Checkpoint(**{**said, "at": at}, digest=hashlib.sha256(text).hexdigest())


def _chain_faults(found: Sequence[Checkpoint]) -> Iterator[Fault]:
    """Yield the rows of links that the checkpoints list and the chain does not have, or has otherwise."""
    listed = {position: (digest, rows) for one in _since_accepted(found) for position, digest, rows in one.links}
    with connection.cursor() as cursor:
        cursor.execute(_HASHES, [list(listed)])
        there = dict(cursor.fetchall())
    gone = sorted(listed.keys() - there.keys())
    altered = sorted(position for position in listed.keys() & there.keys() if there[position] != listed[position][0])
    if not gone and not altered:
        yield Fault(f"link {found[-1].position}", "it was cut off or computed anew, with everything after it")
    for position in altered[:1]:
        yield from _of_link(listed[position][1], f"link {position} is not the one that was signed")
        if len(altered) > 1:
            yield Fault("history", f"{len(altered) - 1} links after link {position} are not those that were signed")
    for position in gone[:_REPORTED]:
        yield from _of_link(listed[position][1], f"link {position} was cut off")
    if len(gone) > _REPORTED:
        yield Fault("history", f"{len(gone) - _REPORTED} more links were cut off")


def _since_accepted(found: Sequence[Checkpoint]) -> list[Checkpoint]:
    """Return the checkpoints from the newest one on with which somebody accepted another history."""
    starts = [number for number, one in enumerate(found) if one.is_anew]
    return list(found[starts[-1] if starts else 0 :])


def _of_link(rows: Sequence[Sequence[str]], detail: str) -> Iterator[Fault]:
    if not rows:
        yield Fault("history", detail)
    for table, row_id in rows:
        yield Fault(f"{table} {row_id}", detail)


def _trace_faults(found: Sequence[Checkpoint]) -> Iterator[Fault]:
    sealed = [one.trace for one in found]
    columns = [[one[name] for one in sealed] for name in ("after", "until", "count", "digest")]
    with connection.cursor() as cursor:
        cursor.execute(_OTHER_TRACE, columns)
        for after, until, count, was in cursor.fetchall():
            yield Fault(
                f"trace_item {after + 1} to {until}", f"{count} rows instead of {was}, or other ones than were sealed"
            )


_TRACE = """
    SELECT (SELECT count(*) FROM trace_item t WHERE t.id > s.after AND t.id <= s.until),
        encode(trace_digest(s.after, s.until), 'hex')
    FROM (SELECT %s::bigint AS after, %s::bigint AS until) s
"""
_NEW_LINKS = """
    SELECT l.position, encode(l.hash, 'hex'), ARRAY(
        SELECT ARRAY[w.table_name, w.row_id] FROM (SELECT DISTINCT e.table_name, e.row_id::text FROM history_entry e
            WHERE e.transaction_id = l.transaction_id ORDER BY 1, 2 LIMIT %s) w)
    FROM history_link l WHERE l.position > %s AND l.position <= %s ORDER BY l.position DESC LIMIT %s
"""
_HASHES = "SELECT position, encode(hash, 'hex') FROM history_link WHERE position = ANY(%s)"
_OTHER_TRACE = """
    SELECT s.after, s.until, (SELECT count(*) FROM trace_item t WHERE t.id > s.after AND t.id <= s.until), s.count
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[]) AS s (after, until, count, digest)
    WHERE encode(trace_digest(s.after, s.until), 'hex') <> s.digest
"""

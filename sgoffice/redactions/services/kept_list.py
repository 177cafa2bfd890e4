"""The list of redactions, kept beside the checkpoints: after a restore of an older backup they are carried out again.

Each is a file of its own, signed as checkpoints are. It names what was erased and never says it.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import orjson
from django.conf import settings

from sgoffice.approvals.models import Approval
from sgoffice.changes.redactions import REDACT
from sgoffice.history import checkpoints, signing
from sgoffice.records.models import Entry
from sgoffice.redactions.models import Redaction

#: In the content of a proposal: which earlier one it carries out again.
AGAIN = "again"


@dataclass(frozen=True)
class Listed:
    """A redaction as its file tells it."""

    approval: str
    reference: str
    record: str
    pointers: list[str]
    proposed_by: str
    approved_by: str
    decided_at: str


class Unreadable(Exception):
    """A file of the list is not as this register signed it: what it erased may come back."""


def folder() -> Path:
    return checkpoints.folder() / "redactions"


def keep() -> None:
    """Write down every redaction that is not on the list yet. Raises OSError or UnusableKey."""
    wanted = Redaction.objects.select_related("approval").order_by("pk")
    known = {place.stem for place in folder().glob("*.json")}
    for redaction in wanted:
        if str(redaction.approval_id) not in known:
            _write(redaction)


def missing() -> list[Listed]:
    """Return what the list has and this register, restored from an older backup, has not erased; the oldest first.

    A record that the backup does not have needs no erasing. Raises Unreadable.
    """
    listed = list(_listed())
    done = {str(key) for key in Redaction.objects.values_list("approval", flat=True)}
    again = Approval.objects.filter(action=REDACT, redaction__isnull=False, content__has_key=AGAIN)
    done |= set(again.values_list(f"content__{AGAIN}", flat=True))
    known = Entry.objects.filter(pk__in=[one.record for one in listed])
    there = {str(key) for key in known.values_list("pk", flat=True)}
    waiting = [one for one in listed if one.approval not in done and one.record in there]
    return sorted(waiting, key=lambda one: (one.decided_at, one.approval))


def _write(redaction: Redaction) -> None:
    approval = redaction.approval
    told: dict[str, Any] = {
        "approval": approval.pk,
        "reference": approval.reference,
        "record": redaction.record_id,
        "pointers": redaction.pointers,
        "proposed_by": approval.proposed_by_id,
        "approved_by": approval.decided_by_id,
        "decided_at": approval.decided_at,
    }
    text = orjson.dumps(told)
    key = signing.private_key(Path(settings.CHECKPOINT_KEY))
    body = orjson.dumps({"signed": text.decode(), "signature": b64encode(key.sign(text)).decode()})
    place = folder() / f"{approval.pk}.json"
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(place)


def _listed() -> Iterator[Listed]:
    places = sorted(folder().glob("*.json"))
    key = checkpoints.own_key() if places else None
    for place in places:
        try:
            body = orjson.loads(place.read_bytes())
            text = body["signed"].encode()
            found = Listed(**orjson.loads(text))
            is_right = key is not None and signing.is_signed(key, b64decode(body["signature"]), text)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            found, is_right = None, False
        if found is None or not is_right or found.approval != place.stem:
            message = f"{place} is not as this register signed it: restore it, or find out who wrote it."
            raise Unreadable(message)
        yield found

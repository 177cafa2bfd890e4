"""The outer transaction of every write: Idempotency-Key, and one silent retry after a deadlock."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

from django.db import OperationalError, connection
from django.utils import timezone
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from sgoffice.api.actors import actor_of
from sgoffice.api.models import IdempotentRequest
from sgoffice.api.problems import KeyReused, RequestInProgress
from sgoffice.changes.references import UnderstoodName, noting_names
from sgoffice.changes.refusals import undone_as_one
from sgoffice.changes.retries import retry_once
from sgoffice.changes.second_person import noting_proposals
from sgoffice.documents import StoredDocument, fetch_document, model_of
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.models import Record

LONGEST_KEY = 255
_KEY = re.compile(r"[\x21-\x7e]+")
_PATIENCE = "1200ms"  # how long another request with the same key waits
_SOME = 16  # of 256 requests forget old keys
_LOCK_NOT_AVAILABLE = "55P03"
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Outcome:
    """The result of a write: the record's document, or with 202 the proposal's; whether an earlier request wrote it.

    `understood` tells which records the references and names in the body were taken for.
    """

    record_id: UUID
    document: StoredDocument
    is_replay: bool
    status: int
    understood: tuple[UnderstoodName, ...] = ()


def carry_out(request: Request, model: type[Record], work: Callable[[], Record], *, status: int) -> Outcome:
    """Do the work once: in one transaction with its Idempotency-Key, repeated once after a deadlock.

    Raises KeyReused if the key was used for another request, RequestInProgress if the first request is still running.
    """
    key, by = _key_of(request), actor_of(request)
    actor = str(by)

    def attempt() -> Outcome:
        with undone_as_one(by):
            earlier = _claim(request, actor, key) if key else None
            if earlier is not None:
                return _replayed(request, model, earlier, status)
            with noting_proposals() as proposed, noting_names() as understood:
                record = work()
            written, code = (proposed[-1], HTTPStatus.ACCEPTED) if proposed else (record, status)
            if key:
                _note(actor, key, code, written.pk)
            document = fetch_document(type(written), written.pk)
            if document is None:
                raise UnknownRecord(model.record_kind, written.pk)
            return Outcome(written.pk, document, is_replay=False, status=code, understood=tuple(understood))

    return retry_once(attempt)


def _key_of(request: Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is not None and not (len(key) <= LONGEST_KEY and _KEY.fullmatch(key)):
        raise ParseError(f"Idempotency-Key takes 1 to {LONGEST_KEY} visible ASCII characters: send a new one, or none.")
    return key or ""


def _fingerprint(request: Request) -> bytes:
    parts = [str(request.method), request.get_full_path(), request.headers.get("If-Match", "")]
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + request._request.body).digest()


def _claim(request: Request, actor: str, key: str) -> IdempotentRequest | None:
    """Insert the key, or wait for the request that holds it; return the earlier request with it."""
    fingerprint, now = _fingerprint(request), timezone.now()
    with connection.cursor() as cursor:
        try:
            cursor.execute(_INSERT, [_PATIENCE, actor, key, fingerprint, now])
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
                raise RequestInProgress from error
            raise
        is_ours = cursor.rowcount == 1
        if fingerprint[0] < _SOME:
            cursor.execute(_FORGET, [now - KEPT])
    if is_ours:
        return None
    earlier = IdempotentRequest.objects.get(actor=actor, key=key)
    if bytes(earlier.fingerprint) != fingerprint:
        raise KeyReused
    return earlier


def _note(actor: str, key: str, status: int, record_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_DONE, [status, record_id, actor, key])


def _replayed(request: Request, model: type[Record], earlier: IdempotentRequest, status: int) -> Outcome:
    """Return the record as it is now, under the caller's current rights; what waited then, as the proposal that it was.

    Raises UnknownRecord if the caller may not see it any more.
    """
    record_id, code = earlier.record_id, earlier.status or status
    if record_id is None:
        raise RequestInProgress
    if code == HTTPStatus.ACCEPTED:
        model = model_of("approval")
    rows = model._default_manager.all()
    document = (
        fetch_document(model, record_id) if rows.visible_to(actor_of(request)).filter(pk=record_id).exists() else None
    )
    if document is None:
        raise UnknownRecord(model.record_kind, record_id)
    return Outcome(record_id, document, is_replay=True, status=code)


# The patience counts for whatever follows in the transaction too.
_INSERT = """
    WITH patience AS MATERIALIZED (SELECT set_config('lock_timeout', %s, true))
    INSERT INTO api_idempotentrequest (actor, key, fingerprint, at)
    SELECT %s, %s, %s::bytea, %s::timestamptz FROM patience ON CONFLICT DO NOTHING
"""
_FORGET = """
    DELETE FROM api_idempotentrequest WHERE id IN
        (SELECT id FROM api_idempotentrequest WHERE at < %s ORDER BY at LIMIT 160 FOR NO KEY UPDATE SKIP LOCKED)
"""
_DONE = "UPDATE api_idempotentrequest SET status = %s, record_id = %s WHERE actor = %s AND key = %s"

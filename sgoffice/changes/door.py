"""The one door: create() and change(). Who, what and why; the record, its parts, document and history, or nothing."""

import copy
import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction

from sgoffice import documents
from sgoffice.changes import parts
from sgoffice.changes.belongings import belongings_of
from sgoffice.documents import publications
from sgoffice.records import guard
from sgoffice.records.actors import ANONYMOUS, Actor, Permission, request_id
from sgoffice.records.constraints import violation_of
from sgoffice.records.errors import RuleViolation, StaleVersion, UnknownRecord, WriteOutsideChange
from sgoffice.records.identifiers import new_reference
from sgoffice.records.models import Entry, MarkedRecord, Marking, Part, Record

R = TypeVar("R", bound=Record)
_NAMES_LOCK = 7261905202


class AnyVersion:
    """For callers that no reader preceded: the clock and the loading of facts."""


ANY_VERSION: Final = AnyVersion()
Expected = int | AnyVersion


@dataclass(frozen=True)
class _Words:
    """What the triggers are told while a record is open."""

    open: str = ""
    change: str = ""
    actor: str = ""
    verb: str = ""
    reason: str = ""
    request_id: str = ""


_NOTHING = _Words()
_words: ContextVar[_Words] = ContextVar("words", default=_NOTHING)
_opened_by: ContextVar[Actor] = ContextVar("opened_by", default=ANONYMOUS)
_WIDEST_FIRST = list(Marking)


@contextmanager
def create(model: type[R], *, verb: str, by: Actor, reason: str = "") -> Iterator[R]:
    """Make a record: fill it inside the block; it is saved with its parts, and its document rendered, on the way out.

    Raises RuleViolation for what the database refuses by a rule.
    """
    with _refusals(), transaction.atomic():
        _lock_names(alone=False)
        record = model()
        if isinstance(record, MarkedRecord):
            record.entered_by = by.id
        with _open(record, verb=verb, by=by, reason=reason):
            yield record
            if isinstance(record, MarkedRecord) and not record.reference:
                record.reference = _free_reference(record)
            record.save(force_insert=True)
            parts.save_pending(record)
            _close(record, is_new=True)


@contextmanager
def change(
    model: type[R], record_id: UUID, *, verb: str, by: Actor, expected: Expected, reason: str = ""
) -> Iterator[R]:
    """Open a record that exists: it is locked and read again, and stored on the way out if anything differs.

    `expected` is the version that the caller read. Raises UnknownRecord for a record that is not there or that the
    actor may not see, StaleVersion when the record has another version, RuleViolation for one that was merged into
    another and for what the database refuses by a rule, NotPermitted when the marking is lowered without the right to.
    When the marking is raised, that of what belongs to the record (`belongings`) is raised with it.
    """
    with _refusals(), transaction.atomic():
        _lock_names(alone=model.is_embedded)
        record = _locked(model, record_id, by)
        record.version = Entry.objects.values_list("version", flat=True).get(pk=record_id)
        if not isinstance(expected, AnyVersion) and expected != record.version:
            raise StaleVersion(record.version)
        if record.merged_into_id is not None and verb not in {"merge", "unmerge"}:
            detail = "This record was merged into another one: change that one."
            raise RuleViolation(detail, rule="merged")
        before = _columns(record)
        with _open(record, verb=verb, by=by, reason=reason):
            yield record
            after = _columns(record)
            _require_right_to_lower(by, before, after)
            if _is_raised(before, after):
                raise_belonging_markings(record, by=by, reason=reason)
            if differing := [name for name, value in after.items() if value != before[name]]:
                record.save(update_fields=differing)
            parts.save_pending(record)
            _close(record, is_new=False)


def set_parts(record: Record, model: type[Part], rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the record's list of parts of one kind, in order; stored when the record is.

    A row with "id" keeps that part (InvalidEntry when the record has no such part), one with "new_id" is made with
    that id. The other names are fields of the part.
    """
    guard.require_open(record.pk, record)
    parts.set_pending(record, model, rows)


def raise_belonging_markings(record: Any, *, by: Actor, reason: str) -> None:
    """Raise the marking of what belongs to an open record to its own, where it is lower; its readers may read it.

    What belongs to the records that were merged into it belongs to it. Done before the record is stored: the database
    refuses a record above what belongs to it.
    """
    if not (belongings := belongings_of(record.record_kind)):
        return
    merged = type(record)._default_manager.filter(merged_into=record.pk).values_list("pk", flat=True)
    ids, lower = [record.pk, *merged], _WIDEST_FIRST[: _WIDEST_FIRST.index(record.marking)]
    for belonging in belongings:
        found = belonging.to(ids).filter(marking__in=lower).order_by("pk")
        for record_id in found.values_list("pk", flat=True):
            with change(belonging.model, record_id, verb="raise", by=by, expected=ANY_VERSION, reason=reason) as owned:
                owned.marking = record.marking
                owned.readers = list(dict.fromkeys([*owned.readers, *record.readers]))


def current_actor() -> Actor:
    """Return who opened the record that is being written; nobody outside change() and create()."""
    return _opened_by.get()


def _require_right_to_lower(by: Actor, before: dict[str, Any], after: dict[str, Any]) -> None:
    """More people may see a record only if somebody with the right to approve says so."""
    if "marking" in before and _WIDEST_FIRST.index(after["marking"]) < _WIDEST_FIRST.index(before["marking"]):
        by.require(Permission.APPROVE)


def _is_raised(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return "marking" in before and _WIDEST_FIRST.index(after["marking"]) > _WIDEST_FIRST.index(before["marking"])


def _locked(model: type[R], record_id: UUID, by: Actor) -> R:
    # FOR NO KEY UPDATE: a plain FOR UPDATE deadlocks with the commit lock through deferred foreign keys.
    rows: Any = model._default_manager
    record = rows.visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=record_id).first()
    if record is None:
        raise UnknownRecord(model.record_kind, record_id)
    return record


def lock_records(model: type[Record], ids: Iterable[UUID]) -> None:
    """Lock several records of a kind in one order, before each is opened by change(); so no two wait for each other."""
    _lock_names(alone=model.is_embedded)
    rows: Any = model._default_manager
    list(rows.select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def lock_names_exclusively() -> None:
    """Keep every writer of documents waiting until this transaction ends."""
    _lock_names(alone=True)


def _lock_names(*, alone: bool) -> None:
    """Keep a rename apart from whoever embeds names, before any row is locked.

    Whoever may rename has the lock alone, everybody else shares it. It is never upgraded: two transactions that both
    tried would wait for each other for ever.
    """
    with connection.cursor() as cursor:
        if alone:
            cursor.execute(_MINE)
            modes = {mode for (mode,) in cursor.fetchall()}
            if modes and "ExclusiveLock" not in modes:
                message = "rename before anything else in a transaction, or in a transaction of its own"
                raise WriteOutsideChange(message)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NAMES_LOCK])
        else:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_NAMES_LOCK])


@contextmanager
def _open(record: Record, *, verb: str, by: Actor, reason: str) -> Iterator[None]:
    """Let the guard and the triggers know; an outer change() gets its own words back, a failed one by its savepoint."""
    with guard.open_record(record.pk):
        outer = _words.get()
        opened = ",".join(str(open_id) for open_id in guard.open_record_ids())
        words = _Words(opened, secrets.token_hex(8), str(by), verb, reason, request_id.get())
        _tell(words)
        told, opened_for = _words.set(words), _opened_by.set(by)
        try:
            yield
        finally:
            _opened_by.reset(opened_for)
            _words.reset(told)
        _tell(outer)


def _tell(words: _Words) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [words.open, words.change, words.actor, words.verb, words.reason, words.request_id])


def _close(record: Record, *, is_new: bool) -> None:
    """Render what readers and partners get if the triggers saw a difference, and what else shows its name."""
    version, touched_by = Entry.objects.values_list("version", "touched_by").get(pk=record.pk)
    record.version = version
    if touched_by != _words.get().change or record.record_kind not in documents.recipes():
        return
    documents.store_documents(type(record), [record.pk])
    publications.publish(type(record), [record.pk])
    if record.is_embedded and not is_new:
        for model, ids in documents.dependants(record.pk):
            documents.store_documents(model, ids)
            publications.publish(model, ids)


@contextmanager
def _refusals() -> Iterator[None]:
    """Put what a constraint of the database refused into the words of its rule."""
    try:
        yield
    except IntegrityError as error:
        violation = violation_of(error)
        if violation is None:
            raise
        raise violation from error


def _columns(record: Record) -> dict[str, Any]:
    """Return a copy of the record's stored values, by field."""
    return {
        field.name: copy.deepcopy(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    }


def _free_reference(record: MarkedRecord) -> str:
    year = record.reference_year() or dt.datetime.now(tz=dt.UTC).year
    while True:
        reference = new_reference(record.reference_prefix, year)
        if not Entry.objects.filter(reference=reference).exists():
            return reference


_TELL = "SELECT " + ", ".join(
    f"set_config('sgoffice.{name}', %s, true)" for name in ("open", "change", "actor", "verb", "reason", "request_id")
)
_MINE = f"""
    SELECT mode FROM pg_locks
    WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
      AND classid::bigint << 32 | objid::bigint = {_NAMES_LOCK} AND objsubid = 1
"""

"""The one door: create() and change() write a record with its parts, document and history, or nothing at all."""

import copy
import datetime as dt
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import connection, models

from sgoffice import documents
from sgoffice.changes import parts, second_person
from sgoffice.changes.belongings import belongings_of
from sgoffice.changes.findings import find_again
from sgoffice.changes.pointers import require_known_pointers
from sgoffice.changes.refusals import undone_if_refused
from sgoffice.changes.trigger_settings import CLOSED, NAMES_LOCK, SHARE_NAMES, TriggerSettings, apply_settings
from sgoffice.documents import publications
from sgoffice.records import guard
from sgoffice.records.actors import ANONYMOUS, Actor, request_id
from sgoffice.records.errors import RuleViolation, StaleVersion, UnknownRecord, WriteOutsideChange
from sgoffice.records.identifiers import new_reference
from sgoffice.records.markings import is_narrower, wider_than
from sgoffice.records.models import MarkedRecord, Part, Record, RegisterRow
from sgoffice.records.readership import ALL_STAFF, Readership

R = TypeVar("R", bound=Record)
#: The version of a record that was entered: what is stored with it in the same change gives it no other one.
_FIRST: Final = 1
#: What is done to records that were merged into others; everything else is done to those.
_OF_MERGED: Final = frozenset({"merge", "unmerge", "end_readership", "redact"})


class AnyVersion:
    """The expected version of callers that have read none: the clock and the loading of facts."""


ANY_VERSION: Final = AnyVersion()
Expected = int | AnyVersion


_settings: ContextVar[TriggerSettings] = ContextVar("trigger_settings", default=CLOSED)
_opened_by: ContextVar[Actor] = ContextVar("opened_by", default=ANONYMOUS)


@contextmanager
def create(model: type[R], *, verb: str, by: Actor, reason: str = "") -> Iterator[R]:
    """Create a record: set its fields inside the block; on exit it is saved with its parts and its document rendered.

    One person alone publishes nothing: a public record is entered as internal, and the rest is proposed to a second
    one. Raises RuleViolation when the database refuses it by a rule.
    """
    with undone_if_refused(by):
        record = model()
        if isinstance(record, MarkedRecord):
            record.entered_by = by.id
        with _open(record, verb=verb, by=by, reason=reason, shares_names=True):
            yield record
            require_known_pointers(record, {})
            held_back = second_person.hold_back_marking(record, "", by=by)
            if isinstance(record, MarkedRecord) and not record.reference:
                record.reference = _free_reference(record)
            record.save(force_insert=True)
            parts.save_pending(record, is_new=True)
            _close(record, is_new=True)
        second_person.propose_marking(record, held_back, by=by, reason=reason)


@contextmanager
def change(
    model: type[R], record_id: UUID, *, verb: str, by: Actor, expected: Expected, reason: str = ""
) -> Iterator[R]:
    """Open an existing record: it is locked and read again, and stored on exit if anything differs.

    `expected` is the version that the caller read. Raises UnknownRecord for a record that does not exist or that the
    actor may not see, StaleVersion if it has another version, RuleViolation if it was merged into another one or the
    database refuses the change by a rule, NotPermitted if others than the author or an approver name the readers.
    A wider marking is held back and proposed to a second person; everything else is stored.
    Raising the marking also raises that of the record's belongings. Whenever its readers change, what the record
    stores of others is found again, and what its belongings tell of it is rendered again.
    """
    with undone_if_refused(by):
        _lock_names(exclusively=model.is_embedded)
        record = _lock_record(model, record_id, by)
        record.version, _ = version_of(record_id)
        if not isinstance(expected, AnyVersion) and expected != record.version:
            raise StaleVersion(record.version)
        if record.merged_into_id is not None and verb not in _OF_MERGED:
            detail = "This record was merged into another one: change that one."
            raise RuleViolation(detail, rule="merged")
        before, readers = _stored_values(record), _readers_of(record)
        with _open(record, verb=verb, by=by, reason=reason):
            yield record
            held_back = second_person.hold_back_marking(record, before.get("marking", ""), by=by)
            second_person.require_right_to_name_readers(record, before.get("readers", []), by=by, verb=verb)
            if has_other_readers := _readers_of(record) != readers:
                find_again(record, readers)
            require_known_pointers(record, before)
            after = _stored_values(record)
            if "marking" in before and is_narrower(after["marking"], than=before["marking"]):
                raise_belonging_markings(record, by=by, reason=reason)
            if differing := [name for name, value in after.items() if value != before[name]]:
                record.save(update_fields=differing)
            parts.save_pending(record, is_new=False)
            _close(record, is_new=False)
            if has_other_readers:
                _render_belongings(record)
                second_person.hide_alike(record, by=by)
        second_person.propose_marking(record, held_back, by=by, reason=reason)


@contextmanager
def open_rows(subject: RegisterRow, *, verb: str, by: Actor, reason: str = "") -> Iterator[None]:
    """Open the rows of a subject that is no record: a member of staff with their tokens. The caller locks and saves.

    Raises RuleViolation when the database refuses one by a rule.
    """
    with undone_if_refused(by), _open(subject, verb=verb, by=by, reason=reason):
        yield


def set_parts(record: Record, model: type[Part], rows: Sequence[Mapping[str, object]]) -> None:
    """Replace the record's list of parts of one kind, in order; it is stored with the record.

    A row with "id" updates that part (InvalidEntry if the record has no such part), one with "new_id" creates a part
    with that id. The other keys are fields of the part.
    """
    guard.require_open(record.pk, record)
    parts.set_pending(record, model, rows)


def raise_belonging_markings(record: Record, *, by: Actor, reason: str) -> None:
    """Raise lower markings of an open record's belongings to its own, and let its readers read them.

    Includes the belongings of records merged into it. Runs before the record is stored: the database refuses a record
    with a higher marking than one of its belongings.
    """
    belongings = belongings_of(record.record_kind)
    if not belongings or not isinstance(record, MarkedRecord):
        return
    merged = type(record).rows().filter(merged_into=record.pk).values_list("pk", flat=True)
    ids, lower = [record.pk, *merged], wider_than(record.marking)
    for belonging in belongings:
        # what is wider than an owner that has this marking already was opened by two people
        raised = belonging.owned_by(ids).exclude(**{f"{belonging.key}__marking": record.marking})
        found = raised.filter(marking__in=lower).order_by("pk")
        for record_id in found.values_list("pk", flat=True):
            with change(belonging.model, record_id, verb="raise", by=by, expected=ANY_VERSION, reason=reason) as owned:
                owned.marking = record.marking
                owned.readers = list(dict.fromkeys([*owned.readers, *record.readers]))


def current_actor() -> Actor:
    """Return who opened the record that is being written; ANONYMOUS outside change() and create()."""
    return _opened_by.get()


def _readers_of(record: Record) -> Readership:
    """Return who may read an open record by its own marking."""
    return Readership.of(record) if isinstance(record, MarkedRecord) else ALL_STAFF


def _lock_record(model: type[R], record_id: UUID, by: Actor) -> R:
    # FOR NO KEY UPDATE: a plain FOR UPDATE deadlocks with the commit lock through deferred foreign keys.
    record = model.rows().visible_to(by).select_for_update(no_key=True, of=("self",)).filter(pk=record_id).first()
    if record is None:
        raise UnknownRecord(model.record_kind, record_id)
    return record


def lock_records(model: type[Record], ids: Iterable[UUID]) -> None:
    """Lock several records of a kind in a fixed order before change() opens them, so that no two calls deadlock."""
    _lock_names(exclusively=model.is_embedded)
    list(model.rows().select_for_update(no_key=True).filter(pk__in=list(ids)).order_by("pk").values_list("pk"))


def lock_names_exclusively() -> None:
    """Make every writer of documents wait until this transaction ends."""
    _lock_names(exclusively=True)


def _lock_names(*, exclusively: bool) -> None:
    """Keep renames apart from transactions that embed names, before any row is locked.

    A transaction that may rename takes the lock exclusively, all others share it. It is never upgraded: two
    transactions that both tried would wait for each other forever.
    """
    with connection.cursor() as cursor:
        if exclusively:
            cursor.execute(_OWN_NAMES_LOCKS)
            modes = {mode for (mode,) in cursor.fetchall()}
            if modes and "ExclusiveLock" not in modes:
                message = "rename before anything else in a transaction, or in a transaction of its own"
                raise WriteOutsideChange(message)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMES_LOCK])
        else:
            cursor.execute(f"SELECT {SHARE_NAMES}")


@contextmanager
def _open(record: RegisterRow, *, verb: str, by: Actor, reason: str, shares_names: bool = False) -> Iterator[None]:
    """Open the guard and the triggers for a record; with `shares_names`, take the names lock in the same statement.

    On exit the settings of an outer change() are restored; after a failure the savepoint restores them (refusals.py).
    """
    with guard.open_record(record.pk):
        outer = _settings.get()
        open_ids = ",".join(str(open_id) for open_id in guard.open_record_ids())
        approval = str(second_person.approval_in_force() or "")
        settings = TriggerSettings(open_ids, secrets.token_hex(8), str(by), verb, reason, request_id.get(), approval)
        apply_settings(settings, shares_names=shares_names)
        settings_token, actor_token = _settings.set(settings), _opened_by.set(by)
        try:
            yield
        finally:
            _opened_by.reset(actor_token)
            _settings.reset(settings_token)
        apply_settings(outer)


def _close(record: Record, *, is_new: bool) -> None:
    """If the triggers saw a difference, render the documents of the record and of those that show its name."""
    own = _settings.get().change
    record.version, touched_by = (_FIRST, own) if is_new else version_of(record.pk)
    if touched_by != own or record.record_kind not in documents.recipes():
        return
    if documents.is_trial() and not record.is_embedded:
        return  # nobody reads it before it is rolled back
    versions = {record.pk: record.version}
    read = documents.store_documents(type(record), [record.pk], are_new=is_new, versions=versions)
    publications.publish(type(record), [record.pk], read=read, are_new=is_new)
    if record.is_embedded and not is_new:
        for model, ids in documents.dependants(record.pk):
            documents.store_documents(model, ids)
            publications.publish(model, ids)


def version_of(record_id: UUID) -> tuple[int, str]:
    """Return the version of a record, and the change that made it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version, touched_by FROM records_entry WHERE id = %s", [record_id])
        version, touched_by = cursor.fetchone()
    return version, touched_by


def _render_belongings(record: Record) -> None:
    """Render what belongs to a record again: how much of it they tell depends on its readers."""
    for belonging in belongings_of(record.record_kind):
        ids = belonging.owned_by([record.pk]).order_by("pk").values_list("pk", flat=True)
        documents.store_documents(belonging.model, list(ids))


def _stored_values(record: Record) -> dict[str, Any]:
    """Return a copy of the values of the record's columns, by field."""
    return {
        field.name: copy.deepcopy(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if not isinstance(field, models.AutoField)
    }


def _free_reference(record: MarkedRecord) -> str:
    year = record.reference_year() or dt.datetime.now(tz=dt.UTC).year
    while True:
        reference = new_reference(record.reference_prefix, year)
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM records_entry WHERE reference = %s", [reference])
            if cursor.fetchone() is None:
                return reference


_OWN_NAMES_LOCKS = f"""
    SELECT mode FROM pg_locks
    WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
      AND classid::bigint << 32 | objid::bigint = {NAMES_LOCK} AND objsubid = 1
"""

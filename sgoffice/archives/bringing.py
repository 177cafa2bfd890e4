"""Bring an archive into an empty register: all of it in one transaction, through the door, compared at the end.

Rows come as they were, for no service could give them their ids, references, parts and states again; every rule of the
database holds for them (docs/decisions/0038-the-register-whole.md). What follows from rows this register computes.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from sgoffice.accounts.vocabulary import GIVEN_BY_TWO
from sgoffice.archives import comparing, contents
from sgoffice.archives.checks import Archive
from sgoffice.archives.packages import PackageFailed
from sgoffice.changes.derivations import derive, is_derived
from sgoffice.changes.door import lock_names_exclusively, open_rows
from sgoffice.exports.packages import files_of
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RuleViolation
from sgoffice.records.models import Entry, Part, Record

#: What history says of every row. The trigger that asks for two people to release knows it (partners/models).
VERB: Final = "bring_register"
Line = Mapping[str, Any]


def bring_archive(archive: Archive) -> dict[str, int]:
    """Bring all of an archive into this empty register; return how many records of each kind came.

    Nothing stays of it if anything fails, or if the process is killed: run it again. Raises PackageFailed.
    """
    try:
        with transaction.atomic():
            _begin()
            reason = _reason(archive)
            _bring_staff(archive, reason)
            _bring_files(archive)
            counts = {model.record_kind: _bring_records(archive, model, reason) for model in contents.kinds()}
            for model in contents.kinds():
                if is_derived(model.record_kind):
                    for record in model.rows().order_by("pk").iterator():
                        derive(record)
            comparing.render_all()
            comparing.require_same_documents(archive)
    except IntegrityError as error:
        message = f"{archive.place} names something that is not in it: {str(error).splitlines()[0]}"
        raise PackageFailed(message) from error
    return counts


def _begin() -> None:
    """Hold the names, so that nobody else writes, without limits of time. Raises PackageFailed unless all is empty."""
    with connection.cursor() as cursor:
        for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
            cursor.execute(f"SET LOCAL {limit} = 0")
    lock_names_exclusively()
    if Entry.objects.exists() or contents.staff()._default_manager.exists():
        message = (
            "This register is not empty, and an archive is brought into an empty one alone: name an empty database in "
            "DATABASE_URL and DATABASE_OWNER_URL, or an empty folder in SGOFFICE_STATE, and run `migrate` there. "
            "`start` would load the public facts: start it afterwards."
        )
        raise PackageFailed(message)


def _reason(archive: Archive) -> str:
    """Return what the first entry of each record says: from which archive it came, and where its history stands."""
    made_at, digest = archive.manifest["made_at"], archive.digest_of("history.jsonl")
    return f"Brought from the archive of {made_at} ({archive.digest}); its history until then has SHA-256 {digest}."


def _bring_staff(archive: Archive, reason: str) -> None:
    """Bring staff, who sign in by nothing yet; who has a role that two people give waits for being named again."""
    for number, line in archive.lines("staff.jsonl"):
        user = _made(archive, "staff.jsonl", number, contents.staff(), line)
        user.is_staff, user.password = True, make_password(None)
        user.is_active = user.is_active and user.role not in GIVEN_BY_TWO
        with open_rows(user, verb=VERB, by=OFFICE, reason=reason):
            user.save(force_insert=True)


def _bring_files(archive: Archive) -> None:
    model = next(field.remote_field.model for kind in contents.kinds() if (field := files_of(kind)))
    for path in archive.files.namelist():
        folder, _, digest = path.partition("/")
        if folder == "files":
            content = archive.files.read(path)
            model._default_manager.bulk_create([model(sha256=digest, size=len(content), content=content)])


def _bring_records(archive: Archive, model: type[Record], reason: str) -> int:
    """Bring the records of a kind; one that rests on a later one of the same kind is tried again after it."""
    path, count = f"records/{model.record_kind}.jsonl", 0
    waiting: Iterable[tuple[int, Line]] = archive.lines(path)
    while True:
        left: list[tuple[int, Line]] = []
        before, refusal = count, ""
        for number, line in waiting:
            try:
                _bring(model, *_read(archive, path, number, model, line), reason)
                count += 1
            except (RuleViolation, IntegrityError) as error:
                refusal = f"line {number} of {path} breaks a rule: {str(error).splitlines()[0]}"
                left.append((number, line))
        if not left:
            return count
        if count == before:
            raise PackageFailed(f"{archive.place}: {refusal}")
        waiting = left


def _bring(model: type[Record], record: Record, parts: list[list[Part]], reason: str) -> None:
    with open_rows(record, verb=VERB, by=OFFICE, reason=reason):
        record.save(force_insert=True)
        for part, rows in zip(contents.parts_of(model), parts, strict=True):
            part.objects.bulk_create(rows)


def _read(archive: Archive, path: str, number: int, model: type[Record], line: Line) -> tuple[Record, list[list[Part]]]:
    """Return the record of a line and its parts, in the order of their models. Raises PackageFailed."""
    known = {part._meta.label_lower: part for part in contents.parts_of(model)}
    if not isinstance(line, Mapping) or line.keys() != {"document", "row", "parts"} or line["parts"].keys() - known:
        message = f"{archive.place}: line {number} of {path} is of another shape than schemas/ says."
        raise PackageFailed(message)
    record = _made(archive, path, number, model, line["row"])
    rows = {
        part: [_made(archive, path, number, part, row) for row in line["parts"].get(name, ())]
        for name, part in known.items()
    }
    if any(row.record_id != record.pk for found in rows.values() for row in found):
        message = f"{archive.place}: line {number} of {path} has parts of another record."
        raise PackageFailed(message)
    return record, list(rows.values())


def _made(archive: Archive, path: str, number: int, model: Any, row: Line) -> Any:
    try:
        return contents.made_of(model, row)
    except contents.UnknownColumn as error:
        message = (
            f"{archive.place}: line {number} of {path}: {error}. It was written by version "
            f"{archive.manifest['version']}: bring it in there, and upgrade that register."
        )
        raise PackageFailed(message) from error
    except (ValidationError, ValueError, TypeError, AttributeError) as error:
        message = f"{archive.place}: line {number} of {path} cannot be read: {error}"
        raise PackageFailed(message) from error

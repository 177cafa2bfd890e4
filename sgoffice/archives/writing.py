"""Write the whole register into an archive, as it is at one instant: for who reads everything."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from uuid import UUID

import orjson
from django.db.models import F

from sgoffice import __version__, documents, history
from sgoffice.archives import contents, schemas
from sgoffice.archives.packages import written_once
from sgoffice.changes.parts import owner_field
from sgoffice.database.snapshots import one_snapshot
from sgoffice.exports.packages import Package, files_of
from sgoffice.history import trace
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import Entry, HistoryEntry, HistoryLink, Part, Record

#: The shape of archives that this version writes; it reads those up to it.
FORMAT = 1
_BATCH = 200


@dataclass(frozen=True)
class Written:
    """What an archive holds: how many records of each kind, and the digest of its manifest."""

    counts: Mapping[str, int]
    manifest_sha256: str

    @property
    def traced(self) -> dict[str, str]:
        """What the trace tells of it."""
        return {"manifest_sha256": self.manifest_sha256, "records": str(sum(self.counts.values()))}


def write_archive(place: Path, *, at: datetime) -> Mapping[str, int]:
    """Write an archive of the whole register for the operator; return how many records of each kind it holds.

    The trace tells of it before the file is there under its name. Raises PackageFailed.
    """
    with written_once(place) as output:
        written = write_into(output, at=at)
        trace.record(trace.Act.EXPORT, door=trace.Door.COMMAND, by=OFFICE, about=written.traced)
    return written.counts


def write_into(output: IO[bytes], *, at: datetime, before_each: Callable[[], object] = bool) -> Written:
    """Write an archive of the whole register, all of it of one instant; `before_each` piece may stop it by raising."""
    package = Package(output)
    with one_snapshot():
        counts = {model.record_kind: _write_records(package, model, before_each) for model in contents.kinds()}
        _write_staff(package)
        position, chain = history.head()
        _write_history(package)
    for name, schema in schemas.schemas().items():
        package.add(f"schemas/{name.rpartition('/')[2]}.json", orjson.dumps(schema, option=orjson.OPT_INDENT_2))
    manifest = package.close(
        format=FORMAT,
        version=__version__,
        made_at=at.isoformat(timespec="seconds"),
        renderers={model.record_kind: documents.recipes()[model.record_kind].renderer for model in contents.kinds()},
        counts=counts,
        history={"position": position, "chain": chain},
    )
    return Written(counts, hashlib.sha256(manifest).hexdigest())


def _write_records(package: Package, model: type[Record], before_each: Callable[[], object]) -> int:
    """Write the records of a kind, those that others were merged into first, and the bytes of their files."""
    ids = list(model.rows().order_by(F("merged_into").asc(nulls_first=True), "pk").values_list("pk", flat=True))
    with package.lines(f"records/{model.record_kind}.jsonl") as write:
        for start in range(0, len(ids), _BATCH):
            before_each()
            for line in _lines(model, ids[start : start + _BATCH]):
                write(line)
    if field := files_of(model):
        stored, rows = field.remote_field.model._default_manager, model.rows().exclude(**{field.name: None})
        for digest in sorted(set(rows.values_list(field.attname, flat=True))):
            before_each()
            package.add(f"files/{digest}", bytes(stored.values_list("content", flat=True).get(pk=digest)))
    return len(ids)


def _lines(model: type[Record], ids: list[UUID]) -> Iterator[bytes]:
    rows, bodies = model.rows().in_bulk(ids), documents.fetch_documents(model, ids)
    parts = {part: _parts_by_owner(part, ids) for part in contents.parts_of(model)}
    for record_id in ids:
        yield orjson.dumps(
            {
                "document": orjson.Fragment(bodies[record_id].body),
                "row": contents.row_of(rows[record_id]),
                "parts": {part._meta.label_lower: found.get(record_id, []) for part, found in parts.items()},
            }
        )


def _parts_by_owner(part: type[Part], ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the parts of these records; a link to what does not travel stays here."""
    owner, found = owner_field(part), dict[UUID, list[dict[str, Any]]]()
    rows = part._default_manager.filter(**{f"{owner}__in": ids}).order_by(owner, "position", "pk")
    for field in part._meta.concrete_fields:
        if field.name != owner and field.is_relation and field.related_model is Entry:
            rows = rows.filter(**{f"{field.name}__kind__in": [model.record_kind for model in contents.kinds()]})
    for row in rows:
        found.setdefault(row.record_id, []).append(contents.row_of(row))
    return found


def _write_staff(package: Package) -> None:
    with package.lines("staff.jsonl") as write:
        for row in contents.staff()._default_manager.order_by("pk"):
            write(orjson.dumps(contents.row_of(row, *contents.STAFF)))


def _write_history(package: Package) -> None:
    with package.lines("history.jsonl") as write:
        for line in _told(HistoryEntry.objects.select_related("payload").order_by("pk").iterator(_BATCH)):
            write(orjson.dumps(line))


def _told(rows: Iterable[HistoryEntry]) -> Iterator[dict[str, Any]]:
    """Return each item with its place in the chain; what was redacted has no content."""
    places = dict(HistoryLink.objects.values_list("transaction", "position"))
    for row in rows:
        payload = getattr(row, "payload", None)
        yield contents.row_of(row, *schemas.HISTORY) | {
            "old": payload and payload.old,
            "new": payload and payload.new,
            "position": places.get(row.transaction_id),
            "digest": bytes(row.digest).hex(),
        }

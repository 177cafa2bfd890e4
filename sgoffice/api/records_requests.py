"""A records request: what a list or a search found, with papers, files and history, in one package for one reader."""

from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, Final
from uuid import UUID

import orjson
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from rest_framework.exceptions import ValidationError

from sgoffice import documents, history
from sgoffice.api.pagination import invalid
from sgoffice.changes.belongings import belongings_of
from sgoffice.database.snapshots import one_snapshot
from sgoffice.exports.packages import PACKAGE, Package, files_of
from sgoffice.exports.spools import SpooledAnswer, require_room, spool
from sgoffice.exports.turns import turn_of
from sgoffice.records.actors import Actor
from sgoffice.records.models import Record

#: Records that one request finds, without what belongs to them: a package is for people to read.
MOST: Final = 1000
_PIECE, _ITEMS = 100, 200
#: Ids of what was found, by kind.
Found = Mapping[str, list[UUID]]


def package_answer(
    request: HttpRequest, find: Callable[[], Found], *, by: Actor, name: str
) -> HttpResponse | FileResponse:
    """Return a package of what `find` finds for the reader; to HEAD its headers alone, for which nothing is written.

    All of it is of one instant. Raises ValidationError (400) for more than fits, and TooManyExports.
    """
    if request.method == "HEAD":
        answer: HttpResponse | FileResponse = HttpResponse(content_type=PACKAGE.media_type)
    else:
        with one_snapshot(), turn_of(by):
            found = _with_belongings(find(), by)
            file = spool(lambda output: _write(output, found, request, by))
        rows = str(sum(map(len, found.values())))
        answer = SpooledAnswer(file, {"as": PACKAGE.ending, "rows": rows}, content_type=PACKAGE.media_type)
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.{PACKAGE.ending}")
    answer["Content-Disposition"] = str(disposition)
    return answer


def too_many() -> ValidationError:
    """Return the refusal of a request that finds more than a package holds."""
    return invalid("as", f"A package has {MOST:,} records at most, with what belongs to them: narrow the list.")


def _with_belongings(found: Found, by: Actor) -> dict[str, list[UUID]]:
    """Add the papers, attachments and action items of what was found, as far as the reader may see them."""
    if sum(map(len, found.values())) > MOST:
        raise too_many()
    whole = {kind: dict.fromkeys(ids) for kind, ids in found.items()}
    for kind, ids in found.items():
        for belonging in belongings_of(kind):
            seen = belonging.owned_by(ids).visible_to(by).order_by("pk").values_list("pk", flat=True)
            whole.setdefault(belonging.model.record_kind, {}).update(dict.fromkeys(seen))
    return {kind: list(ids) for kind, ids in whole.items() if ids}


def _write(output: IO[bytes], found: Found, request: HttpRequest, by: Actor) -> None:
    package = Package(output)
    for kind, ids in found.items():
        model = documents.model_of(kind)
        with package.lines(f"records/{kind}.jsonl") as write:
            for start in range(0, len(ids), _PIECE):
                require_room()
                bodies = documents.fetch_documents(model, ids[start : start + _PIECE])
                for record_id in ids[start : start + _PIECE]:
                    write(bodies[record_id].body)
        with package.lines(f"history/{kind}.jsonl") as write:
            for record_id in ids:
                items = [item.told() for item in _history(record_id, by)]
                write(orjson.dumps({"record": record_id, "items": items}))
        _add_files(package, model, ids)
    package.close(
        made_at=timezone.now().isoformat(timespec="seconds"),
        asked={"path": request.path, "parameters": dict(request.GET.lists())},
        by=by.label or str(by),
        counts={kind: len(ids) for kind, ids in found.items()},
    )


def _history(record_id: UUID, by: Actor) -> Iterator[history.HistoryItem]:
    """Yield the history of a record as the reader may see it, newest first."""
    before: str | None = None
    while items := history.of_record(record_id, by=by, before=before, limit=_ITEMS):
        yield from history.without_hidden_references(items, by)
        before = items[-1].id


def _add_files(package: Package, model: type[Record], ids: list[UUID]) -> None:
    if field := files_of(model):
        stored: Any = field.remote_field.model._default_manager
        for digest in sorted({*model.rows().filter(pk__in=ids).values_list(field.attname, flat=True)} - {None}):
            require_room()
            package.add(f"files/{digest}", bytes(stored.values_list("content", flat=True).get(pk=digest)))

"""Reads entries into the register: lines in the shape of the API's own bodies, entered through the services.

A line is `{"kind": …, "origin": …, "entry": …}`. Its entry is the body that `POST` takes; in it `{"origin": …}` stands
for the id of the record with that origin, in the register or in another line. `steps`, each `{"step": …, "entry": …}`,
are taken as soon as the record is entered. `added` names members of the entry that came after the line had been
shipped: a record that is there gets them, unless somebody has changed it since. `collected` says of which collected
facts the values are, for whoever reads the files. What else stands in a line only an import may say (`deviation`).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from rest_framework.exceptions import ValidationError

from sgoffice.api.entry_kinds import EntryKind, entry_kinds
from sgoffice.api.serializers import reader_of
from sgoffice.changes.door import ANY_VERSION, lock_names_exclusively
from sgoffice.changes.refusals import undone_as_one
from sgoffice.records.actors import Actor
from sgoffice.records.errors import RegisterError
from sgoffice.records.models import Entry, HistoryEntry

Line = Mapping[str, Any]
#: Records that are committed together; other writers wait for them.
PIECE = 100
_NEEDED = {"kind", "origin", "entry"}
_OWN_MEMBERS = {"kind", "entry", "steps", "added", "collected"}
#: Who changes a record without saying anything new about it.
_OURSELVES = ("office:", "migration:")
_ADDED = "Public facts that were added"
#: A line is known by its origin: who was entered by hand under the same name is another one until somebody merges them.
_ANOTHER = "allow_duplicate"


class UnreadableLine(Exception):
    """A line that cannot be entered; the text names its origin and says why."""

    def __init__(self, line: Line, reason: str) -> None:
        super().__init__(f"{line.get('origin', 'a line')}: {reason}")


def read_entries(lines: Iterable[Line], *, by: Actor) -> Counter[str]:
    """Enter the records that the register does not have and return how many of each kind.

    A record is recognized by its origin: reading twice changes nothing, and an interrupted reading goes on where it
    stopped. A line is entered after those that it refers to. Raises UnreadableLine; earlier pieces stay committed.
    """
    kinds = entry_kinds()
    wanted = _by_origin(lines, list(kinds))
    ids = _ids_of({*wanted, *(origin for line in wanted.values() for origin in _references(line))})
    new = list(_in_order({origin: line for origin, line in wanted.items() if origin not in ids}))
    for start in range(0, len(new), PIECE):
        piece = new[start : start + PIECE]
        with undone_as_one(by):
            lock_names_exclusively()  # some services need this lock, and it cannot be taken after others have run
            for line in piece:
                ids[line["origin"]] = _enter(line, kinds[line["kind"]], ids, by)
    entered = {line["origin"] for line in new}
    known = [line for origin, line in wanted.items() if line.get("added") and origin not in entered]
    untouched = _untouched({ids[line["origin"]] for line in known})
    later = [line for line in known if ids[line["origin"]] in untouched]
    for start in range(0, len(later), PIECE):
        with undone_as_one(by):
            lock_names_exclusively()
            for line in later[start : start + PIECE]:
                _add(line, kinds[line["kind"]], ids, by)
    return Counter(line["kind"] for line in new)


def _untouched(records: set[UUID]) -> set[UUID]:
    """Return the records that nobody but ourselves has changed."""
    rows = HistoryEntry.objects.filter(record_id__in=records).values_list("record_id", "actor").distinct()
    return records - {record_id for record_id, actor in rows if not actor.startswith(_OURSELVES)}


def _by_origin(lines: Iterable[Line], kinds: list[str]) -> dict[str, Line]:
    """Return the lines by origin, what others rest on first."""
    found: dict[str, Line] = {}
    for line in lines:
        if not line.keys() >= _NEEDED:
            raise UnreadableLine(line, f"it needs {', '.join(sorted(_NEEDED))}")
        if line["kind"] not in kinds:
            raise UnreadableLine(line, f"{line['kind']} is not a kind of record")
        if found.setdefault(line["origin"], line) is not line:
            raise UnreadableLine(line, "two lines have this origin")
    return dict(sorted(found.items(), key=lambda item: kinds.index(item[1]["kind"])))


def _ids_of(origins: Iterable[str]) -> dict[str, UUID]:
    """Return the id of each record with one of these origins; of a merged one, that of its survivor."""
    rows = Entry.objects.filter(origin__in=list(origins)).values_list("origin", "merged_into", "pk")
    return {str(origin): survivor or pk for origin, survivor, pk in rows}


def _in_order(waiting: dict[str, Line]) -> Iterator[Line]:
    """Yield each line after those that it refers to, otherwise in the order in which they came."""
    while waiting:
        path = [next(iter(waiting))]
        while path:
            line = waiting[path[-1]]
            ahead = next((origin for origin in _references(line) if origin in waiting), None)
            if ahead in path:
                raise UnreadableLine(line, f"circular reference: {', '.join(path)}")
            if ahead is None:
                yield waiting.pop(path.pop())
            else:
                path.append(ahead)


def _enter(line: Line, kind: EntryKind, ids: Mapping[str, UUID], by: Actor) -> UUID:
    """Enter a line and take its steps; return the id of the record."""

    def read(serializer: Any, body: Any, **beside: Any) -> Any:
        checked = reader_of(serializer, _replaced(body, lambda origin: str(ids[origin])) | beside)
        checked.is_valid(raise_exception=True)
        return checked.to_entry()

    if unknown := [origin for origin in _references(line) if origin not in ids]:
        raise UnreadableLine(line, f"there is no record with the origin {unknown[0]}")
    beside = {name: value for name, value in line.items() if name not in _OWN_MEMBERS}
    if hasattr(kind.serializer.entry, _ANOTHER):
        beside[_ANOTHER] = True
    try:
        record = kind.enter(read(kind.import_serializer, line["entry"], **beside), by=by)
        for taken in line.get("steps", ()):
            step = kind.steps.get(taken["step"])
            if step is None:
                raise UnreadableLine(line, f"{taken['step']} is not a step of this kind")
            step.take(read(step.serializer, taken["entry"]), record_id=record.pk, by=by, expected=ANY_VERSION)
    except ValidationError as error:
        raise UnreadableLine(line, json.dumps(error.detail, ensure_ascii=False)) from error
    except RegisterError as error:
        raise UnreadableLine(line, error.detail) from error
    return record.pk


def _add(line: Line, kind: EntryKind, ids: Mapping[str, UUID], by: Actor) -> None:
    """Give a record the members that were added to its line; one that has them stays as it is."""
    body = {name: line["entry"][name] for name in line["added"]}
    checked = reader_of(kind.serializer, _replaced(body, lambda origin: str(ids[origin])), partial=True)
    try:
        checked.is_valid(raise_exception=True)
        if kind.correct is None:
            raise UnreadableLine(line, "a record of this kind takes no additions")
        correction = checked.to_correction()
        kind.correct(ids[line["origin"]], correction, by=by, expected=ANY_VERSION, reason=_ADDED)
    except ValidationError as error:
        raise UnreadableLine(line, json.dumps(error.detail, ensure_ascii=False)) from error
    except RegisterError as error:
        raise UnreadableLine(line, error.detail) from error


def _references(line: Line) -> list[str]:
    found: list[str] = []
    _replaced([line["entry"], line.get("steps")], found.append)
    return found


def _replaced(value: Any, of: Callable[[str], object]) -> Any:
    """Return a JSON value with what `of` returns in place of each `{"origin": …}`."""
    if isinstance(value, Mapping):
        if value.keys() == {"origin"}:
            return of(value["origin"])
        return {name: _replaced(below, of) for name, below in value.items()}
    return [_replaced(below, of) for below in value] if isinstance(value, list) else value

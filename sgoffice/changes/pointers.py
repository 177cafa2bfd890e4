"""Pointers in sources and conflicts name a member of the record: what points nowhere is shown nowhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from sgoffice import documents
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Record

_COLUMNS = ("sources", "conflicts")


def require_known_pointers(record: Record, before: Mapping[str, Any]) -> None:
    """Raise InvalidEntry for each pointer of a new or altered row whose first name is no member of the document.

    A row that was stored before stays as it was: it is corrected when somebody writes it anew.
    """
    recipe = documents.recipes().get(record.record_kind)
    changed = [name for name in _COLUMNS if getattr(record, name) != before.get(name, [])]
    if recipe is None or not changed:
        return
    members = set(recipe.shape.Meta.fields)
    wrong = [
        (where, f"{pointer!r} names no member of this record: write one such as /{_example(members)}.")
        for name in changed
        for where, pointer in _pointers(name, getattr(record, name), before.get(name, []))
        if not (pointer.startswith("/") and pointer.split("/")[1] in members)
    ]
    if wrong:
        raise InvalidEntry(wrong)


def _pointers(name: str, rows: list[dict[str, Any]], kept: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for place, row in enumerate(rows):
        if row in kept:
            continue
        if name == "conflicts":
            yield f"/conflicts/{place}/pointer", row.get("pointer") or ""
        for number, pointer in enumerate(row.get("supports") or ()):
            if pointer:  # an empty one is the whole record
                yield f"/{name}/{place}/supports/{number}", pointer


def _example(members: set[str]) -> str:
    return next((name for name in ("held", "start", "adopted", "name", "title") if name in members), min(members))

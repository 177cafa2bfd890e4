"""Take a spreadsheet: it is read, its columns are guessed, and its rows wait to be checked."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction

from sgoffice.changes.door import create
from sgoffice.imports.kinds import SheetKind, sheet_kinds
from sgoffice.imports.models import Import, ImportFile, ImportRow
from sgoffice.imports.rules.files import read_file
from sgoffice.imports.rules.headings import Headings, find_headings
from sgoffice.imports.rules.sheets import Sheet, UnreadableFile
from sgoffice.imports.services.entries import FileEntry
from sgoffice.imports.services.tasks import ask_for
from sgoffice.imports.vocabulary import Task
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import set_field
from sgoffice.records.errors import InvalidEntry
from sgoffice.records.models import Marking

_SAMPLES = 3


def take_file(entry: FileEntry, *, by: Actor, at: datetime) -> Import:
    """Keep a spreadsheet and have it checked; nothing of it is entered.

    Raises InvalidEntry for a file that cannot be read, an unknown kind and an unknown mapping.
    """
    by.require(Permission.WRITE)
    sheet = read_sheet(entry.content, sheet=entry.sheet, encoding=entry.encoding, separator=entry.separator)
    saved = _saved(entry.mapping, by)
    kind, headings = _meant(sheet, entry.kind or (saved.kind if saved else ""), saved.columns if saved else [])
    with transaction.atomic():
        imported = _kept(entry, sheet, kind, headings, saved, by=by)
        ask_for(imported, Task.CHECK, by=by, at=at)
    return imported


def _kept(
    entry: FileEntry, sheet: Sheet, kind: SheetKind, headings: Headings, saved: Import | None, *, by: Actor
) -> Import:
    with create(Import, verb="bring", by=by) as imported:
        imported.marking = Marking.RESTRICTED
        imported.file_size = len(entry.content)
        imported.file_sha256 = hashlib.sha256(entry.content).hexdigest()
        set_text(imported, "file_name", entry.file_name)
        set_text(imported, "records_marking", entry.records_marking)
        set_sheet(imported, sheet, kind, headings)
        if saved is not None:
            imported.columns = like_saved(imported.columns, saved.columns)
            imported.defaults, imported.date_order = saved.defaults, saved.date_order
            imported.mapping_name = saved.mapping_name
    ImportFile.objects.create(owner=imported, content=entry.content)
    keep_rows(imported, sheet)
    return imported


def read_sheet(content: bytes, **said: str) -> Sheet:
    """Return what a file holds; raises InvalidEntry."""
    try:
        return read_file(content, **said)
    except UnreadableFile as error:
        raise InvalidEntry([("/file", str(error))]) from None


def kind_called(name: str) -> SheetKind:
    kinds = sheet_kinds()
    if name not in kinds:
        raise InvalidEntry([("/kind", f"Rows are one of: {', '.join(sorted(kinds))}.")])
    return kinds[name]


def set_sheet(imported: Import, sheet: Sheet, kind: SheetKind, headings: Headings) -> None:
    """Set how the file is read on an open import."""
    imported.kind, imported.form = kind.name, sheet.form
    imported.sheet, imported.sheets = sheet.name[:200], list(sheet.sheets)[:100]
    imported.encoding, imported.separator = sheet.encoding, sheet.separator
    imported.heading_rows = list(headings.rows)
    below = [line for line in sheet.lines if line.number > max(headings.rows, default=0)]
    imported.columns = [
        {
            "column": letters(place),
            "heading": headings.texts[place][:200] if place < len(headings.texts) else "",
            "field": headings.fields.get(place, ""),
            "samples": _samples(below, place),
        }
        for place in range(sheet.width)
    ]


def keep_rows(imported: Import, sheet: Sheet) -> None:
    """Keep the rows below the headings, in place of those that were kept before."""
    ImportRow.objects.filter(owner=imported.pk).delete()
    below = max(imported.heading_rows, default=0)
    rows = [
        ImportRow(owner_id=imported.pk, number=line.number, cells=list(line.cells))
        for line in sheet.lines
        if line.number > below
    ]
    ImportRow.objects.bulk_create(rows, batch_size=500)


def like_saved(columns: list[dict[str, Any]], saved: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the columns with the fields that columns with the same heading had in a saved mapping."""
    fields = {one["heading"]: one["field"] for one in saved if one["heading"]}
    return [one | {"field": fields.get(one["heading"], one["field"])} for one in columns]


def set_text(imported: Import, name: str, value: str) -> None:
    """Set a text of an open import; raises InvalidEntry for what its column does not take."""
    try:
        set_field(imported, name, value)
    except ValueError as error:
        raise InvalidEntry([(f"/{name}", str(error))]) from None


def letters(place: int) -> str:
    """Return the letters that a spreadsheet shows above a column, which is counted from 0."""
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


def _meant(sheet: Sheet, name: str, saved: list[dict[str, Any]]) -> tuple[SheetKind, Headings]:
    """Return the kind that is said, or the one of which most headings are known, and the headings.

    What stands above the columns of a saved mapping is known too.
    """
    kinds = [kind_called(name)] if name else list(sheet_kinds().values())
    found = [(kind, find_headings(sheet, _known(kind, saved))) for kind in kinds]
    return max(found, key=lambda one: _fitness(*one))


def _known(kind: SheetKind, saved: list[dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    more = {one["field"]: one["heading"] for one in saved if one["field"] and one["heading"]}
    return {field: (*known, *filter(None, [more.get(field)])) for field, known in kind.headings.items()}


def _fitness(kind: SheetKind, headings: Headings) -> tuple[int, int, int]:
    """Return how well headings fit a kind; where two fit as well, a list begins with what it is a list of."""
    places = {field: place for place, field in headings.fields.items()}
    needed = [one for one in kind.fields if one.is_needed and one.is_said_by(places)]
    first = min((places.get(one.name, places.get(one.instead, 0)) for one in needed), default=0)
    return len(needed), len(places), -first


def _saved(name: str, by: Actor) -> Import | None:
    if not name:
        return None
    found = Import.objects.visible_to(by).with_mapping(name).first()
    if found is None:
        raise InvalidEntry([("/mapping", f"No mapping is saved under the name “{name[:100]}”. Leave it out.")])
    return found


def _samples(lines: Any, place: int) -> list[str]:
    texts = (line.cells[place] for line in lines if place < len(line.cells) and line.cells[place])
    return [text[:80] for text, _ in zip(texts, range(_SAMPLES), strict=False)]

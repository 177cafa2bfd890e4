"""Makers of imports: text as a file, checked by a worker."""

from typing import Any

from sgoffice.changes.door import ANY_VERSION
from sgoffice.imports import queue, services
from sgoffice.imports.models import Import
from sgoffice.records.actors import Actor
from tests.factories.engagements import NOW


def brought(content: str | bytes, *, by: Actor, **values: Any) -> Import:
    """A spreadsheet that waits for a worker."""
    octets = content.encode() if isinstance(content, str) else content
    entry = services.FileEntry(**{"file_name": "meetings.csv", "content": octets} | values)
    return services.take_file(entry, by=by, at=NOW)


def worked(imported: Import) -> Import:
    """The import once everything that waited was done."""
    assert queue.work_once(lambda _: None) == []
    return Import.objects.get(pk=imported.pk)


def checked(content: str | bytes, *, by: Actor, **values: Any) -> Import:
    return worked(brought(content, by=by, **values))


def report(imported: Import, *, by: Actor) -> dict[str, Any]:
    return services.report_of(Import.objects.get(pk=imported.pk), by=by)


def committed(imported: Import, *, by: Actor, leave_out: bool = False) -> Import:
    """The import once what was checked is in the register."""
    entry = services.CommitEntry(leave_out=leave_out)
    return worked(services.commit_import(imported.pk, entry, by=by, expected=ANY_VERSION, at=NOW))


def undone(imported: Import, *, by: Actor) -> Import:
    entry = services.UndoEntry(reason="It was the list of last year.")
    return worked(services.ask_undo(imported.pk, entry, by=by, expected=ANY_VERSION, at=NOW))

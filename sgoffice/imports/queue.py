"""The background task of imports: one worker at a time does what waits, and goes on where a killed one stopped."""

import logging
from collections.abc import Callable
from threading import Event

from django.db import InterfaceError, OperationalError, connections
from django.utils import timezone

from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.imports import services
from sgoffice.imports.models import Import, ImportTask
from sgoffice.imports.vocabulary import ImportState, Task
from sgoffice.records.actors import OFFICE
from sgoffice.records.errors import RegisterError

_log = logging.getLogger(__name__)
_FAULT = "A fault of the register stopped it; an administrator finds it in the log. Ask for it again."
_LONGEST = 500


def work(stop: Event, *, every: float) -> None:
    """Do what waits until `stop` is set. What fails is logged; what was held by another worker is left to it."""
    while not stop.is_set():
        try:
            while not stop.is_set() and run_next() is not None:
                pass
        except Exception:  # noqa: BLE001 - the worker goes on whatever happens
            _log.exception("looking for imports failed")
        connections.close_all()
        stop.wait(every)


def waiting() -> int:
    """Return how many tasks wait, or are being done."""
    return ImportTask.objects.count()


def work_once(report: Callable[[str], object]) -> list[str]:
    """Do everything that waits; return what stopped."""
    count, faults = 0, []
    while (fault := run_next()) is not None:
        count += 1
        faults += [f"imports: {fault}"] if fault else []
    report(f"imports: {count} tasks done")
    return faults


def run_next() -> str | None:
    """Do the next task that nobody holds; return why it stopped, nothing if it did not, None if there is none."""
    task = services.claim_task(at=timezone.now())
    if task is None:
        return None
    imported = Import.objects.get(pk=task.owner_id)
    try:
        _carry_out(task, imported)
    except services.TaskLost:
        return ""
    except RegisterError as error:
        return _stop(imported, error.detail)
    except (OperationalError, InterfaceError):
        raise  # the task is held for a while, then somebody goes on with it
    except Exception:  # noqa: BLE001 - whatever it is, who asked for it must learn that it stopped
        _log.exception("import %s stopped", imported.reference)
        return _stop(imported, _FAULT)
    return ""


def _carry_out(task: ImportTask, imported: Import) -> None:
    by = task.user.as_actor()

    def progress(done: int, total: int) -> None:
        services.hold_task(task, done, total, at=timezone.now())

    now = timezone.now()
    match task.task:
        case Task.CHECK:
            services.check_import(imported, by=by, at=now, today=timezone.localdate(), progress=progress)
        case Task.COMMIT:
            services.enter_import(imported, by=by, at=now, progress=progress)
        case _:
            services.undo_import(imported, by=by, progress=progress)


def _stop(imported: Import, why: str) -> str:
    with change(Import, imported.pk, verb="stop", by=OFFICE, expected=ANY_VERSION, reason=why[:_LONGEST]) as stopped:
        stopped.state, stopped.failure = ImportState.STOPPED, why[:_LONGEST]
        services.end_task(stopped)
    return why

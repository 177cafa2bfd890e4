"""The tasks that wait for a worker, kept in the database: one for each import at most, held for a while by a worker."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sgoffice.imports.models import Import, ImportTask
from sgoffice.records.actors import Actor
from sgoffice.records.errors import NotPermitted

#: How long a worker holds a task without a sign of life. Afterwards another one goes on with it.
HELD_FOR = timedelta(seconds=45)
#: Says how far a task is: done, of all.
Progress = Callable[[int, int], None]


class TaskLost(Exception):
    """Another worker holds the task: this one was silent for too long."""


def ask_for(imported: Import, task: str, *, by: Actor, at: datetime) -> None:
    """Leave a task for a worker, in the transaction that asks for it; raises NotPermitted for who is no staff."""
    if by.kind != "staff":
        raise NotPermitted("Members of staff import: sign in as one.")
    ImportTask.objects.update_or_create(
        owner_id=imported.pk,
        defaults={"task": task, "user_id": UUID(by.id), "asked_at": at, "held_until": None, "done": 0, "total": 0},
    )


def claim_task(*, at: datetime) -> ImportTask | None:
    """Take the oldest task that nobody holds, and hold it."""
    with transaction.atomic():
        free = ImportTask.objects.filter(Q(held_until=None) | Q(held_until__lt=at))
        rows: Any = free.select_for_update(no_key=True, skip_locked=True).order_by("asked_at")
        task: ImportTask | None = rows.first()
        if task is not None:
            task.held_until = at + HELD_FOR
            task.save(update_fields=["held_until"])
    return task


def hold_task(task: ImportTask, done: int, total: int, *, at: datetime) -> None:
    """Say how far a task is and hold it longer; raises TaskLost if another worker has it."""
    mine = ImportTask.objects.filter(pk=task.pk, held_until=task.held_until)
    until = at + HELD_FOR
    if not mine.update(held_until=until, done=done, total=total):
        raise TaskLost(str(task.pk))
    task.held_until = until


def end_task(imported: Import) -> None:
    """Take the task away, in the transaction that says what came of it."""
    ImportTask.objects.filter(owner=imported.pk).delete()

"""Background tasks of `work` and `start`. Each app registers its own; none is imported here by name.

An app lists its tasks as `background_tasks = {name: module}` on its AppConfig. The module has `work(stop, every=)`,
which runs until `stop` is set, and `work_once(report)`, which returns what failed; of one that works on a queue,
`waiting()` returns its length. Each task has its own thread: none
waits for another.
"""

from collections.abc import Callable
from importlib import import_module
from threading import Event, Thread
from typing import Protocol, cast

from django.apps import apps
from django.conf import settings


class BackgroundTask(Protocol):
    def work(self, stop: Event, *, every: float) -> None: ...

    def work_once(self, report: Callable[[str], object]) -> list[str]: ...


def background_tasks() -> dict[str, BackgroundTask]:
    """Return the tasks of all apps by name, in the order of INSTALLED_APPS."""
    return {
        name: cast("BackgroundTask", import_module(module))
        for config in apps.get_app_configs()
        for name, module in getattr(config, "background_tasks", {}).items()
    }


def queue_lengths() -> dict[str, int]:
    """Return how much waits for each task that works on a queue."""
    return {name: task.waiting() for name, task in background_tasks().items() if hasattr(task, "waiting")}


def start_tasks(stop: Event) -> list[Thread]:
    """Run each task in a thread of this process until `stop` is set."""
    threads = [
        Thread(
            target=task.work, args=[stop], kwargs={"every": settings.BACKGROUND_SECONDS[name]}, name=name, daemon=True
        )
        for name, task in background_tasks().items()
    ]
    for thread in threads:
        thread.start()
    return threads

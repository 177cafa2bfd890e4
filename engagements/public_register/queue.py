"""The worker of the public register: writes the site anew when something was published or withdrawn."""

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event

from django.conf import settings
from django.db import DatabaseError, connections

from engagements.public_register import services

_log = logging.getLogger(__name__)


def work(stop: Event, *, every: float) -> None:
    """Write the site whenever it changes until `stop` is set. What fails is logged and tried again."""
    while not stop.is_set():
        try:
            write_now()
        except Exception:  # noqa: BLE001 - the worker goes on whatever happens
            _log.exception("writing the public register failed; the former site stays")
        connections.close_all()
        stop.wait(every)


def work_once(report: Callable[[str], object]) -> list[str]:
    """Write the site once; return what failed."""
    try:
        folder = write_now()
    except (DatabaseError, OSError) as error:
        return [f"public register: {error}"]
    if folder is not None:
        report(f"public register: {'written' if folder.is_new else 'unchanged'}")
    return []


def write_now() -> services.Folder | None:
    """Write the site into the folder of the settings, if there is one."""
    if not settings.PUBLICATION_FOLDER:
        return None
    return services.write_site(Path(settings.PUBLICATION_FOLDER), services.pages_of(services.site_now()))

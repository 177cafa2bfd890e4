"""The application of each worker of `start`; the worker ends with its parent."""

import os
import signal
from typing import TYPE_CHECKING

from sgoffice.running.web_server import end_with_parent
from sgoffice.settings.environment import read_environment

if TYPE_CHECKING:
    from sgoffice.running.web_application import WebApplication


def _load() -> "WebApplication":
    from django.core.wsgi import get_wsgi_application

    from sgoffice.running.web_application import WebApplication

    return WebApplication(get_wsgi_application(), threads=read_environment().sgoffice_threads)


# a SIGTERM while loading ends the worker: the server's handler would wait for a loop that has not started
_handler = signal.signal(signal.SIGTERM, signal.SIG_DFL)
end_with_parent(os.getppid())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
application = _load()
signal.signal(signal.SIGTERM, _handler)

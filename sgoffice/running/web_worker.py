"""The application of each worker of `start`; what it is made of is loaded once, before the workers are forked."""

import os
from multiprocessing.util import Finalize

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from sgoffice.running.traces import traces_to
from sgoffice.running.web_application import WebApplication
from sgoffice.settings.environment import read_environment

_register = get_wsgi_application()
_ = get_resolver().url_patterns  # loads the views too


def application() -> WebApplication:
    """Return the application of one worker, with threads of its own."""
    environment = read_environment()
    # the thread that sends traces begins here: nothing has one before the fork
    traces = traces_to(environment.sgoffice_traces)
    Finalize(None, traces.send, exitpriority=10)  # a process that was forked runs nothing of `atexit` at its end
    return WebApplication(_register, threads=environment.sgoffice_threads, traces=traces)

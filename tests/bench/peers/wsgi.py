"""The register with its peers beside it."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse

from sgoffice.running.web_application import WebApplication
from sgoffice.settings.environment import read_environment
from tests.bench.peers import bare

if "SGOFFICE_BENCH_PACKAGES" in os.environ:
    sys.path.append(os.environ["SGOFFICE_BENCH_PACKAGES"])  # behind the register's own
settings.ROOT_URLCONF = "tests.bench.peers.urls"
_register = get_wsgi_application()


def _answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the bare peers' addresses by themselves, and every other one by the register."""
    peer = bare.answer_of(environ["PATH_INFO"])
    return HttpResponse(peer(environ, start_response)) if peer else _register(environ, start_response)


def application() -> WebApplication:
    """Return the application of one worker."""
    return WebApplication(_answer, threads=read_environment().sgoffice_threads)

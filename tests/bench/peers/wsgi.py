"""The register with its peers beside it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from sgoffice.running.web_worker import application as register
from tests.bench.peers import bare

settings.ROOT_URLCONF = "tests.bench.peers.urls"


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer the bare peers' addresses by themselves, and every other one by the register."""
    return bare.ANSWERS.get(environ["PATH_INFO"], register)(environ, start_response)

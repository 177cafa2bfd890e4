"""The register's addresses, and the peers that need Django below /peer/: found as early as the register's own."""

import os

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from sgoffice.urls import urlpatterns as of_register
from tests.bench.peers.bare import CONSTANT
from tests.bench.peers.plain import peer_of, urls_of


def constant(request: HttpRequest) -> HttpResponse:
    """Answer the same bytes as always, as long as a document: a view of Django, behind all of the middleware."""
    return HttpResponse(CONSTANT, content_type="application/json")


_peers = [
    path("constant", constant),
    *urls_of("engagements", peer_of("engagement", ("-sort_day", "sort_rank", "-sort_at", "-pk"))),
]
if "SGOFFICE_BENCH_PACKAGES" in os.environ:
    from tests.bench.peers.ninja_app import api

    _peers.append(path("ninja/", api.urls))

urlpatterns = [of_register[0], path("peer/", include(_peers)), *of_register[1:]]
handler400 = "sgoffice.api.problems.bad_request"
handler404 = "sgoffice.api.problems.not_found"

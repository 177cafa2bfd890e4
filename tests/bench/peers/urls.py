"""The register's addresses, and the plain engagements below /peer/."""

from tests.bench.peers.plain import peer_of, urls_of

urlpatterns = urls_of("engagements", peer_of("engagement", ("-sort_day", "sort_rank", "-sort_at", "-pk")))
handler400 = "sgoffice.api.problems.bad_request"
handler404 = "sgoffice.api.problems.not_found"

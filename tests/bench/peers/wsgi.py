"""The register with its peers beside it."""

from django.conf import settings

from sgoffice.facts.worker import application

settings.ROOT_URLCONF = "tests.bench.peers.urls"

__all__ = ["application"]

"""Two documents of one API: what staff use, and what partners' systems pull."""

from typing import Any

_OF_PARTNERS = ("/api/v1/partner/", "/api/v1/oauth/")
Endpoints = list[tuple[str, str, str, Any]]


def for_staff(endpoints: Endpoints) -> Endpoints:
    """Leave out what only partners' systems call."""
    return [endpoint for endpoint in endpoints if not endpoint[0].startswith(_OF_PARTNERS)]


def for_partners(endpoints: Endpoints) -> Endpoints:
    """Keep what only partners' systems call."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(_OF_PARTNERS)]

"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.directory.api.examples import AN_ORGANIZATION

A_PARTNER = "01960f3a-e51a-7a3c-9b20-64d1f0c7a58e"

PARTNERS: dict[str, Any] = {
    "create": {
        "name": "International Association of Harbour Police",
        "slug": "harbour-police",
        "organization": AN_ORGANIZATION,
        "kinds": ["agreement", "decision"],
        "contact": "systems@harbour-police.example",
    },
    "partial_update": {"kinds": ["agreement"]},
}
RELEASES: dict[str, Any] = {
    "create": {
        "partner": A_PARTNER,
        "condition": "partner_is_named",
        "kind": "agreement",
        "purpose": "What we have agreed with the Association.",
    },
    "approve": {"reason": "The Association has all of them anyway."},
    "withdraw": {"reason": "The Association asked to wait for the signature."},
}

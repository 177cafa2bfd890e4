"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.records.example_ids import A_PARTNER, AN_ORGANIZATION

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
}

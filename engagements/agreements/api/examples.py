"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.records.example_ids import A_PERSON, A_TOPIC, AN_ORGANIZATION, ANOTHER_ORGANIZATION

AGREEMENTS: dict[str, Any] = {
    "create": {
        "title": "Cooperation agreement with the International Association of Harbour Police",
        "instrument": "cooperation_agreement",
        "scope": ["information_exchange", "training"],
        "topics": [A_TOPIC],
        "parties": [
            {"organization": AN_ORGANIZATION, "side": "ours"},
            {
                "organization": ANOTHER_ORGANIZATION,
                "side": "theirs",
                "signatories": [{"person": A_PERSON, "title": "President"}],
            },
        ],
        "acts": [{"kind": "negotiation_mandate", "date": "2024-10", "verification": "secondary"}],
        "entry_into_force": {"kind": "signature_by_all", "after": "P30D"},
        "duration": "P5Y",
        "tacit_renewal": "P1Y",
        "notice_period": "P6M",
        "authentic_languages": ["en", "fr"],
        "focal_points": [{"side": "ours", "unit": "External Relations"}],
    },
    "partial_update": {"short_title": "Harbour Police agreement"},
}

"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from appointments.api.examples import A_BODY, A_DECISION
from engagements.api.examples import A_TOPIC, AN_AGREEMENT
from sgoffice.directory.api.examples import A_PERSON, AN_ORGANIZATION, ANOTHER_ORGANIZATION

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
        "acts": [{"kind": "initialling", "date": "2024-10", "verification": "secondary"}],
        "entry_into_force": {"kind": "signature_by_all", "after": "P30D"},
        "duration": "P5Y",
        "tacit_renewal": "P1Y",
        "notice_period": "P6M",
        "authentic_languages": ["en", "fr"],
        "focal_points": [{"side": "ours", "unit": "External Relations"}],
    },
    "partial_update": {"short_title": "Harbour Police agreement"},
    "record_act": {"kind": "milestone", "date": "2025-02", "text": "First joint exercise."},
    "put_initials": {"date": "2024-12-02", "place_city": "Rotterdam", "place_country": "NL"},
    "sign": {
        "date": "2025-01-20",
        "place_city": "Lyon",
        "place_country": "FR",
        "party": AN_ORGANIZATION,
        "signatories": [{"person": A_PERSON, "title": "President"}],
    },
    "approve": {"date": "2025-02-10", "by_body": A_BODY, "decision": A_DECISION},
    "ratify": {"kind": "acceptance", "date": "2025-02-20", "party": AN_ORGANIZATION},
    "notify": {"date": "2025-03-01", "party": AN_ORGANIZATION},
    "apply_provisionally": {"date": "2025-03-02", "until": "2025-12-31"},
    "bring_into_force": {"date": "2025-04-01", "source": "Note of the depositary"},
    "suspend": {"date": "2025-05-01", "text": "Until the audit is over."},
    "resume": {"date": "2025-07-01"},
    "renew": {"date": "2025-08-01", "until": "2035-01-20"},
    "give_notice": {"date": "2025-09-01", "party": ANOTHER_ORGANIZATION},
    "withdraw": {"date": "2025-09-15", "party": ANOTHER_ORGANIZATION},
    "terminate": {"date": "2025-10-01", "date_of_effect": "2026-04-01", "text": "By mutual consent."},
    "lapse": {"date": "2025-10-01", "text": "The Association was dissolved."},
    "supersede": {"date": "2025-10-01", "by_agreement": AN_AGREEMENT},
    "attest": {"date": "2025-10-05", "attests": "in_force", "source": "List of agreements on the Association's site"},
}

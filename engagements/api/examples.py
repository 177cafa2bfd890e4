"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.records.example_ids import (
    A_MANDATE,
    A_PERSON,
    A_TOPIC,
    AN_AGREEMENT,
    AN_ENGAGEMENT,
    AN_ORGANIZATION,
)

ENGAGEMENTS: dict[str, Any] = {
    "create": {
        "title": "Meeting with the President of the International Association of Harbour Police",
        "kind": "bilateral_meeting",
        "status": "held",
        "starts_at": "2025-05-15T09:30:00+02:00",
        "ends_at": "2025-05-15T10:15:00+02:00",
        "time_zone": "Europe/Amsterdam",
        "city": "Rotterdam",
        "country": "NL",
        "principal_attendance": "attended",
        "topics": [A_TOPIC],
        "outcome": "Both sides will appoint a focal point.",
        "participants": [
            {
                "person": A_PERSON,
                "role": "head_of_delegation",
                "attendance": "attended",
                "capacities": [{"title": "President", "organization": AN_ORGANIZATION}],
            },
            {"group": {"description": "officials of the Association", "count": 3}},
        ],
        "papers": [{"kind": "readout", "language": "en", "text": "They discussed stolen cargo."}],
        "action_items": [
            {"text": "Name a focal point", "owner": {"unit": "External Relations"}, "due_on": "2025-06-30"}
        ],
    },
    "create: a request": {
        "title": "Courtesy call by the Ambassador of Portugal",
        "kind": "courtesy_call",
        "status": "requested",
        "initiative": "theirs",
        "level": "ambassador",
        "participants": [{"person": A_PERSON, "capacities": [{"title": "Ambassador", "country": "PT"}]}],
    },
    "partial_update": {"venue": "World Port Center"},
}
PAPERS: dict[str, Any] = {
    "create": {
        "engagement": AN_ENGAGEMENT,
        "kind": "talking_points",
        "title": "What we want",
        "language": "en",
        "text": "A focal point on each side.",
    },
    "partial_update": {"text": "A focal point on each side, by the end of June."},
}
ATTACHMENTS: dict[str, Any] = {
    "create": {
        "engagement": AN_ENGAGEMENT,
        "title": "Programme of the visit",
        "address": "https://files.example.org/programme.pdf",
        "language": "en",
        "media_type": "application/pdf",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    "partial_update": {"title": "Programme of the visit, final"},
}
ACTION_ITEMS: dict[str, Any] = {
    "create": {
        "engagement": AN_ENGAGEMENT,
        "text": "Send the draft of the arrangement",
        "owed_by": "ours",
        "owner": {"unit": "Legal Affairs"},
        "due_on": "2026-03-31",
    },
    "create: of a mandate": {
        "mandate": A_MANDATE,
        "text": "Report to the Executive Committee",
        "owner": {"unit": "Strategic Planning"},
        "due_on": "2026-10-31",
    },
    "create: of an agreement": {
        "agreement": AN_AGREEMENT,
        "text": "Name their focal point under Article 8",
        "owed_by": "theirs",
        "owner": {"organization": AN_ORGANIZATION},
    },
    "partial_update": {"text": "Send the draft of the working arrangement"},
}

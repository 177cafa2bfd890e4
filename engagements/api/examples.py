"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.directory.api.examples import A_PERSON, AN_ORGANIZATION

AN_ENGAGEMENT = "01960f3a-c24f-71b7-8b3f-b4e680c53df9"
A_LATER_ENGAGEMENT = "01960f3a-c8b2-7a64-91d5-0e3c7b52f648"
A_MANDATE = "01960f3a-d2a9-7b3e-8c57-1d94e6a0f283"
AN_AGREEMENT = "01960f3a-d93b-7375-ad51-d608a2e75f1b"
A_TOPIC = "01960f3a-cdc5-7296-9c40-c5f791d64e0a"

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
    "accept": {"held": "2025-09-18"},
    "decline": {"reason": "The Secretary General travels that week."},
    "delegate": {"represented_by": A_PERSON, "reason": "The Secretary General travels that week."},
    "confirm": {"starts_at": "2025-09-18T11:00:00+02:00", "time_zone": "Europe/Paris"},
    "hold": {"outcome": "The Ambassador will send the draft.", "principal_attendance": "attended"},
    "mark_not_held": {"reason": "The Ambassador was called back."},
    "postpone": {"reason": "The Ambassador asks for another day."},
    "cancel": {"reason": "The Ambassador's term ended."},
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
    "assign": {"owner": {"unit": "External Relations"}, "reason": "They lead the talks."},
    "reschedule": {"due_on": "2026-06-30", "reason": "Their answer is late."},
    "start": {"reason": "The draft is being written."},
    "complete": {"completed_on": "2025-10-01", "evidence": ["Letter of 1 October 2025"]},
    "drop": {"reason": "They withdrew the request."},
    "reopen": {"reason": "The letter was returned."},
    "carry_forward": {"engagement": A_LATER_ENGAGEMENT, "due_on": "2026-09-30", "reason": "It was not raised."},
}

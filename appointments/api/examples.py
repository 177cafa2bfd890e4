"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.records.example_ids import A_BODY, A_DECISION, A_PERSON, A_POST, A_SESSION, AN_ORGANIZATION

BODIES: dict[str, Any] = {
    "create": {
        "name": "Council of the Association",
        "slug": "council-of-the-association",
        "organization": AN_ORGANIZATION,
    },
    "partial_update": {"other_names": [{"name": "Governing Council", "until": "1999"}]},
}
POSTS: dict[str, Any] = {
    "create": {"slug": "president-of-the-association", "label": "President", "organization": AN_ORGANIZATION},
    "partial_update": {"label": "President of the Association"},
}
TERM_RULES: dict[str, Any] = {
    "create": {
        "post": A_POST,
        "legal_basis": "Statutes, Article 12",
        "first_day": "2017-09-01",
        "term_months": 60,
        "reappointments_allowed": 1,
        "proposed_by": A_BODY,
        "appointed_by": A_BODY,
        "text": "The President is appointed for five years and may be reappointed once.",
    },
    "partial_update": {"text": "The President is appointed for five years; one reappointment is possible."},
}
SESSIONS: dict[str, Any] = {
    "create": {
        "body": A_BODY,
        "number": 41,
        "status": "planned",
        "begins": "2025-11-24",
        "ends": "2025-11-27",
        "city": "Marrakesh",
        "country": "MA",
    },
    "partial_update": {"ends": "2025-11-28"},
}
DECISIONS: dict[str, Any] = {
    "create": {
        "body": A_BODY,
        "kind": "resolution",
        "symbol": "COUNCIL/41/RES/3",
        "title": "Exchange of information on stolen cargo",
        "adopted": "2025-11-26",
        "adoption": "consensus",
        "session": A_SESSION,
    },
    "partial_update": {"adoption": "recorded_vote"},
}
MANDATES: dict[str, Any] = {
    "create": {
        "decision": A_DECISION,
        "paragraph": "4",
        "text": "Requests the Secretariat to report to the next session.",
        "responsible_unit": "Legal Affairs",
        "due_on": "2026-11-01",
    },
    "partial_update": {"responsible_unit": "External Relations"},
}
APPOINTMENTS: dict[str, Any] = {
    "create": {
        "post": A_POST,
        "person": A_PERSON,
        "kind": "appointment",
        "title": "President",
        "proposed": "2024-06-25",
        "proposed_by": A_BODY,
        "session": A_SESSION,
    },
    "partial_update": {"title": "President of the Association"},
}

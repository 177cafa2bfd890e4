"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.directory.api.examples import A_PERSON, AN_ORGANIZATION

A_BODY = "01960f3a-95c7-7e11-b6a8-70f24ce1d98b"
A_POST = "01960f3a-a02e-7c9d-8f47-81b35df20ac6"
A_SESSION = "01960f3a-ab64-7f53-9d1c-92c46ea31bd7"
A_DECISION = "01960f3a-b6d9-7085-a2e9-a3d57fb42ce8"

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
    "hold": {"reason": "Its report is out."},
    "cancel": {"reason": "Put off by a year."},
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
    "report": {"status": "completed", "evidence": ["COUNCIL/42/REP/7"], "reason": "The report was given."},
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
    "appoint": {"appointed": "2024-11-05", "start": "2024-11-07", "expected_end": "2029-11-07"},
    "assume": {"on": "2024-11-07"},
    "extend": {"until": "2030-03-01", "reason": "Until the Council meets."},
    "end": {"on": "2026-01-01", "end_reason": "resignation", "reason": "For reasons of health."},
}

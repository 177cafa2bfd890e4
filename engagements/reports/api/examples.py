"""Answers that the API document shows."""

from typing import Any

DEADLINES: dict[str, Any] = {
    "on": "2026-11-25",
    "until": "2027-02-23",
    "marking": "internal",
    "count": 2,
    "results": [
        {
            "kind": "action_item",
            "day": "2026-11-20",
            "days_left": -5,
            "is_overdue": True,
            "sentence": "Do what was promised by 2026-11-20: Send the draft arrangement",
            "record": {
                "kind": "action_item",
                "id": "01960f3a-d93b-7375-ad51-d608a2e75f30",
                "label": "Send the draft arrangement",
                "url": "/api/v1/action-items/01960f3a-d93b-7375-ad51-d608a2e75f30",
                "reference": "ACT-2026-0004",
                "marking": "internal",
                "is_uncertain": False,
                "remarks": [],
            },
            "counterparts": [{"name": "Minister and two advisers", "record": None}],
            "owner": "Legal Affairs",
            "session": None,
        },
        {
            "kind": "notice",
            "day": "2026-12-31",
            "days_left": 36,
            "is_overdue": False,
            "sentence": "Give notice by 2026-12-31 or the agreement renews for 5 years on 2027-06-30.",
            "record": {
                "kind": "agreement",
                "id": "01960f3a-d93b-7375-ad51-d608a2e75f1b",
                "label": "Cooperation agreement with the International Association of Harbour Police",
                "url": "/api/v1/agreements/01960f3a-d93b-7375-ad51-d608a2e75f1b",
                "reference": "AGR-2022-0002",
                "marking": "public",
                "is_uncertain": False,
                "remarks": [],
            },
            "counterparts": [
                {
                    "name": "International Association of Harbour Police",
                    "record": {
                        "kind": "organization",
                        "id": "01960f3a-d93b-7375-ad51-d608a2e75f11",
                        "label": "International Association of Harbour Police",
                        "url": "/api/v1/organizations/01960f3a-d93b-7375-ad51-d608a2e75f11",
                        "reference": "",
                        "marking": "",
                        "is_uncertain": False,
                        "remarks": [],
                    },
                }
            ],
            "owner": "Legal Affairs",
            "session": None,
        },
    ],
}

ACTIVITY: dict[str, Any] = {
    "name": "activity",
    "title": "Activity",
    "first": "2026-01-01",
    "last": "2026-11-25",
    "marking": "internal",
    "tables": [
        {
            "name": "kind",
            "title": "By kind",
            "unit": "engagements",
            "figures": [
                {
                    "label": "Visit abroad",
                    "key": "visit",
                    "value": 4,
                    "before": None,
                    "rows": 4,
                    "url": "/api/v1/engagements?status=held&from=2026-01-01&until=2026-11-25&kind=visit",
                    "last": None,
                    "level": "",
                    "record": None,
                }
            ],
        }
    ],
}

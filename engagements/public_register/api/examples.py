"""Answers that the API document shows."""

from typing import Any

_ENGAGEMENT = "01960f3a-d93b-7375-ad51-d608a2e75f10"

DRAFT: dict[str, Any] = {
    "first": "2024-10-01",
    "last": "2024-12-31",
    "is_nil": False,
    "lines": [
        {
            "id": _ENGAGEMENT,
            "reference": "SG-2024-7KQ4MV",
            "first": "2024-11-20",
            "last": "2024-11-20",
            "held": "2024-11-20",
            "days": "20 November 2024",
            "kind": "Bilateral meeting",
            "meeting_format": "In person",
            "level": "Minister",
            "subject": "Cooperation against the theft of medicines",
            "for_us": "Valdecy Urquiza, Secretary General",
            "city": "Paris",
            "country": "FR",
            "country_name": "France",
            "topics": ["Medicines"],
            "counterparts": [
                {
                    "key": "FR",
                    "kind": "country",
                    "name": "France",
                    "called": "",
                    "country": "FR",
                    "country_name": "France",
                    "people": ["Bruno Retailleau, Minister of the Interior"],
                }
            ],
        }
    ],
    "findings": [
        {
            "rule": "late-entry",
            "id": _ENGAGEMENT,
            "reference": "SG-2024-7KQ4MV",
            "field": "held",
            "sentence": "It was entered on 1 March 2025, 101 days after it was held: say why in a caveat.",
        }
    ],
}

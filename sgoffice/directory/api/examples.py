"""Bodies that the API document shows, by action of their view; tests send each of them."""

from typing import Any

from sgoffice.records.example_ids import A_PERSON, AN_ORGANIZATION, ANOTHER_ORGANIZATION

COUNTRIES: dict[str, Any] = {
    "create": {
        "code": "QQ",
        "name": "Atlantis",
        "names": {"en": "Atlantis", "fr": "Atlantide"},
        "status": "not_a_member",
        "regions": [{"scheme": "m49", "code": "150", "name": "Europe"}],
        "caveats": ["A code of the range that is left to users."],
    },
    "partial_update": {"names": {"en": "Atlantis", "fr": "Atlantide", "es": "Atlántida"}},
}
OFFICES: dict[str, Any] = {
    "create": {
        "name": "Liaison office in Lisbon",
        "kind": "liaison_office",
        "city": "Lisbon",
        "country": "PT",
        "opened": "2025-03",
    },
    "partial_update": {"serves": "Portuguese-speaking countries"},
}
ORGANIZATIONS: dict[str, Any] = {
    "create": {
        "name": "International Association of Harbour Police",
        "acronym": "IAHP",
        "other_names": [{"name": "Harbour Police League", "note": "former name", "until": "1987"}],
        "classification": "non_governmental",
        "seat_city": "Rotterdam",
        "seat_country": "NL",
        "status": "active",
        "founding_date": "1961",
        "contact_details": [{"type": "email", "value": "secretariat@iahp.example"}],
        "sources": [
            {
                "url": "https://iahp.example/about",
                "title": "About us",
                "supports": ["/founding_date"],
                "verification": "primary",
            }
        ],
    },
    "partial_update": {"seat_city": "Antwerp", "seat_country": "BE"},
}
PEOPLE: dict[str, Any] = {
    "create": {
        "name": "Maria João Vasconcelos",
        "family_name": "Vasconcelos",
        "given_name": "Maria João",
        "honorific_prefix": "Ms",
        "other_names": [{"name": "M. J. Vasconcelos", "note": "as she signs"}],
    },
    "partial_update": {"honorific_prefix": "Dr"},
}
TOPICS: dict[str, Any] = {
    "create": {"name": "Theft of maritime cargo", "kind": "crime_area", "other_names": [{"name": "Cargo theft"}]},
    "partial_update": {"other_names": [{"name": "Cargo theft"}, {"name": "Container theft"}]},
}
MEMBERSHIPS: dict[str, Any] = {
    "create": {"person": A_PERSON, "organization": AN_ORGANIZATION, "role": "President", "start_date": "2021-05"},
    "partial_update": {"end_date": "2025-05"},
}
AFFILIATIONS: dict[str, Any] = {
    "create": {
        "organization": AN_ORGANIZATION,
        "affiliated_with": ANOTHER_ORGANIZATION,
        "role": "observer",
        "start_date": "1996-10-15",
    },
    "partial_update": {"role": "partner"},
}
DUPLICATES: dict[str, Any] = {
    "is_complete": True,
    "results": [
        {
            "kind": "person",
            "called": "amina haddad",
            "records": [
                {"id": A_PERSON, "name": "Amina Haddad", "is_hidden": False},
                {"id": "01960f3a-d2e8-7b03-8d1c-6f5a4b3c2d1e", "name": "Amina Haddad", "is_hidden": True},
            ],
        }
    ],
}

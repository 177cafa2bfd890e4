"""The words of the reports, and where the records that they mention are found."""

from django.db.models import TextChoices


class CounterpartKind(TextChoices):
    """What sort of counterpart a brief is about."""

    PERSON = "person", "Person"
    ORGANIZATION = "organization", "Organization"
    COUNTRY = "country", "Country"


#: Under which address of the API the records of a kind are found.
ADDRESSES = {
    "action_item": "action-items",
    "affiliation": "affiliations",
    "agreement": "agreements",
    "attachment": "attachments",
    "country": "countries",
    "decision": "decisions",
    "engagement": "engagements",
    "mandate": "mandates",
    "membership": "memberships",
    "organization": "organizations",
    "paper": "papers",
    "person": "people",
}

"""The columns of the directory's records in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns, days

_OTHER_NAMES = Column("other_names", "other_names.name")
_IDENTIFIERS = Column("identifiers", "identifiers.identifier")
_CONTACTS = Column("contact_details", "contact_details.value")

COUNTRY = (
    Column("code", "code"),
    *columns("alpha3", "numeric", "name", "status"),
    _OTHER_NAMES,
    *columns("regions.name", "ended"),
    *PROVENANCE,
)
OFFICE = (
    *columns("name", "kind", "city", "country.code", "country.name"),
    *days("opened", "closed"),
    *columns("serves"),
    _OTHER_NAMES,
    *PROVENANCE,
)
ORGANIZATION = (
    *columns("name", "acronym", "classification", "status", "parent.name", "successor.name"),
    *columns("country.code", "country.name", "seat_city", "seat_country.name"),
    *days("founding_date", "dissolution_date"),
    _OTHER_NAMES,
    *columns("languages", "relation"),
    _IDENTIFIERS,
    _CONTACTS,
    *PROVENANCE,
)
PERSON = (
    *columns("honorific_prefix", "name", "family_name", "given_name", "sort_name"),
    _OTHER_NAMES,
    _IDENTIFIERS,
    _CONTACTS,
    *PROVENANCE,
)
TOPIC = (*columns("name", "kind", "unit"), _OTHER_NAMES, *PROVENANCE)
MEMBERSHIP = (*columns("person.name", "role", "organization.name"), *days("start_date", "end_date"), *PROVENANCE)
AFFILIATION = (
    *columns("organization.name", "role", "affiliated_with.name"),
    *days("start_date", "end_date"),
    *PROVENANCE,
)

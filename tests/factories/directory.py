"""Makers of what the directory holds. Tests say whom they need: nobody is taken for a namesake of another."""

from typing import Any

from sgoffice.directory import services
from sgoffice.directory.models import Country, Office, Organization, Person, Topic
from sgoffice.records.actors import OFFICE

_ANOTHER = {"allow_duplicate": True}


def country(code: str = "FR", name: str = "France", **values: Any) -> Country:
    found = Country.objects.filter(code=code).first()
    return found or services.register_country(
        services.CountryEntry(code=code, name=name, **_ANOTHER | values), by=OFFICE
    )


def organization(name: str = "World Customs Organization", **values: Any) -> Organization:
    return services.register_organization(services.OrganizationEntry(name=name, **_ANOTHER | values), by=OFFICE)


def person(name: str = "Josephine Teo", **values: Any) -> Person:
    return services.register_person(services.PersonEntry(name=name, **_ANOTHER | values), by=OFFICE)


def topic(name: str = "Terrorism", **values: Any) -> Topic:
    return services.register_topic(services.TopicEntry(name=name, **_ANOTHER | values), by=OFFICE)


def office(name: str = "Liaison office", **values: Any) -> Office:
    where = {"city": "Singapore", "country": country("SG", "Singapore").code}
    return services.register_office(services.OfficeEntry(**_ANOTHER | where | {"name": name} | values), by=OFFICE)

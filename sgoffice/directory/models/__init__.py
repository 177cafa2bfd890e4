"""The names other modules import."""

from sgoffice.directory.models.organization import Affiliation, Organization, Topic
from sgoffice.directory.models.person import Membership, Person
from sgoffice.directory.models.places import Country, Office

__all__ = ["Affiliation", "Country", "Membership", "Office", "Organization", "Person", "Topic"]

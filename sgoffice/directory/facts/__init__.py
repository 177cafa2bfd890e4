"""Loads the directory's facts from data/ through the services, and finds them again for the apps above.

Every fact keeps its `origin` (`facts:…`), so that loading twice changes nothing.
"""

from sgoffice.directory.facts.countries import load_countries
from sgoffice.directory.facts.finding import (
    country_code,
    organization_by_fact,
    organization_named,
    person_named,
    topic_named,
)
from sgoffice.directory.facts.organizations import load_organizations
from sgoffice.directory.facts.provenance import Report, noted, read_facts, source_of, when
from sgoffice.directory.facts.structure import load_structure

__all__ = [
    "Report",
    "country_code",
    "load",
    "noted",
    "organization_by_fact",
    "organization_named",
    "person_named",
    "read_facts",
    "source_of",
    "topic_named",
    "when",
]


def load(report: Report) -> None:
    """Load countries, organizations and the structure of our own organization."""
    load_countries(report)
    load_organizations(report)
    load_structure(report)

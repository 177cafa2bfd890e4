"""One partner to try the exchange with. Without a secret nobody gets in by it."""

from sgoffice.directory.facts import Report, organization_named
from sgoffice.documents.publications import publications
from sgoffice.partners.models import Partner
from sgoffice.partners.services import PartnerEntry, register_partner
from sgoffice.records.actors import OFFICE

EXAMPLE = "example-partner"


def load(report: Report) -> None:
    """Register the partner to try with, unless it is there."""
    if Partner.objects.filter(slug=EXAMPLE).exists():
        return
    entry = PartnerEntry(
        name="Example partner",
        slug=EXAMPLE,
        organization=organization_named("United Nations"),
        kinds=tuple(sorted(publications())),
        contact="The office itself: for trying the exchange.",
    )
    register_partner(entry, by=OFFICE)
    report("1 partner to try with (python3 manage.py issue_partner_secret example-partner)")

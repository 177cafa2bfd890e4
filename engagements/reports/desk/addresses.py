"""Where people read a record that a report mentions."""

from engagements.reports.services.report_types import Mention
from sgoffice.desk.addresses import address_of


def page_of(mention: Mention) -> str:
    """Return the address of the page on which people read a record."""
    return address_of(mention.kind, mention.id, mention.reference)

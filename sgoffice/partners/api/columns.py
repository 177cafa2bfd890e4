"""The columns of partners and releases in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns, staff

PARTNER = (
    *columns(
        "name",
        "slug",
        "is_active",
        "organization.name",
        "country.code",
        "country.name",
        "kinds",
        "contact",
        "ping_hosts",
    ),
    *PROVENANCE,
)
RELEASE = (
    *columns("partner.name", "condition", "kind", "state", "purpose"),
    *staff("proposed_by", "approved_by"),
    Column("records", "records.id", is_record=True),
    *PROVENANCE,
)

"""The columns of engagements, papers, attachments and action items in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns, days, records, staff

_WHO = ("person.name", "organization.name", "group.description")
_THEIRS = ("side", "theirs")

ENGAGEMENT = (
    *columns("reference", "marking", "status"),
    *days("held"),
    *columns("starts_at", "ends_at", "time_zone", "title", "kind", "meeting_format", "level", "initiative"),
    *columns("city", "country.code", "country.name", "country_name_then", "venue", "at_headquarters", "office.name"),
    Column("theirs", "participants", one_of=_WHO, where=_THEIRS),
    Column("titles_of_theirs", "participants", one_of=("capacities.title",), where=_THEIRS),
    Column("organizations_of_theirs", "participants", one_of=("capacities.organization.name",), where=_THEIRS),
    Column("countries_of_theirs", "participants", one_of=("capacities.country.name",), where=_THEIRS),
    Column("ours", "participants", one_of=_WHO, where=("side", "ours")),
    Column("third_parties", "participants", one_of=_WHO, where=("side", "third_party")),
    *columns("principal.name", "principal_title", "principal_attendance", "represented_by.name", "occasion.name"),
    *columns("topics.name", "summary", "outcome", "status_reason"),
    *staff("responsible"),
    *days("reply_by"),
    Column("warnings", "warnings.detail"),
    *PROVENANCE,
)  # fmt: skip
PAPER = (
    *columns("reference", "marking", "kind", "title", "language", "text"),
    *days("issued_on"),
    *records("engagement"),
    *PROVENANCE,
)
ATTACHMENT = (
    *columns("reference", "marking", "title", "language", "media_type", "file_name", "size", "address"),
    Column("sha256", "sha256"),
    *records("engagement", "agreement"),
    *PROVENANCE,
)
ACTION_ITEM = (
    *columns("reference", "marking", "status"),
    *days("due_on"),
    *columns("text", "owed_by"),
    Column("owner", "owner", one_of=("user", "unit", "person.name", "organization.name"), is_staff=True),
    *days("completed_on"),
    *columns("status_reason", "evidence"),
    *records("engagement", "mandate", "agreement"),
    *PROVENANCE,
)

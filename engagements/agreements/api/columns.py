"""The columns of agreements in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns, days

_WHO = ("organization.name", "country.name")

AGREEMENT = (
    *columns("reference", "marking"),
    Column("status", "standing.status"),
    Column("in_force", "standing.is_in_force"),
    Column("basis", "standing.basis"),
    Column("why", "standing.sentence"),
    *columns("title", "short_title", "instrument", "is_bilateral"),
    Column("theirs", "parties", one_of=_WHO, where=("side", "theirs")),
    Column("ours", "parties", one_of=_WHO, where=("side", "ours")),
    Column("third_parties", "parties", one_of=_WHO, where=("side", "third_party")),
    Column("signatories", "parties.signatories", one_of=("name", "person.name")),
    *columns("scope", "topics.name"),
    *days("signed"),
    Column("enters_into_force", "computed.enters_into_force", is_day=True),
    Column("term_ends", "standing.term_ends", is_day=True),
    Column("last_day_for_notice", "standing.last_day_for_notice", is_day=True),
    *columns("duration", "tacit_renewal", "notice_period"),
    *days("expires"),
    *columns("authentic_languages", "registration_number", "depositary"),
    Column("focal_points", "focal_points", one_of=("unit", "name")),
    Column("texts", "texts", one_of=("url", "document")),
    *PROVENANCE,
)

"""The columns of bodies, posts, term rules, sessions, decisions, mandates and appointments in spreadsheets."""

from sgoffice.documents.columns import PROVENANCE, Column, columns, days, records

BODY = (*columns("name", "other_names.name", "slug", "organization.name"), *PROVENANCE)
POST = (*columns("label", "slug", "organization.name"), *PROVENANCE)
TERM_RULE = (
    Column("post", "post.label"),
    *days("first_day", "until"),
    *columns("term_months", "reappointments_allowed", "proposed_by.name", "appointed_by.name", "legal_basis", "text"),
    *PROVENANCE,
)
SESSION = (
    *columns("reference", "marking", "status", "body.name", "number"),
    *days("begins", "ends"),
    *columns("city", "country.code", "country.name", "country_name_then"),
    *PROVENANCE,
)
DECISION = (
    *columns("reference", "marking", "body.name", "kind", "symbol", "title"),
    *days("adopted"),
    *columns("adoption", "votes_for", "votes_against", "votes_abstaining", "text"),
    *PROVENANCE,
)
MANDATE = (
    *columns("reference", "marking", "status"),
    *records("decision"),
    *columns("paragraph", "text", "addressee", "responsible_unit"),
    *days("due_on"),
    *columns("evidence"),
    *PROVENANCE,
)
APPOINTMENT = (
    *columns("reference", "marking"),
    Column("post", "post.label"),
    *columns("person.name", "kind", "state", "number", "title"),
    *days("proposed"),
    *columns("proposed_by.name"),
    *days("appointed"),
    *columns("appointed_by.name"),
    *days("start", "end", "expected_end"),
    *columns("end_reason"),
    Column("deviation", "deviation.reason"),
    *PROVENANCE,
)

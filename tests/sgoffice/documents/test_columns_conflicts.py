"""A row of a file tells what other sources state of its record."""

from engagements.reports.services.deadline_table import TABLE
from sgoffice.documents.columns import PROVENANCE

CONFLICTS = [
    {"pointer": "/held", "value": "2025-04-02", "source": "A newspaper"},
    {"pointer": "/acts/0/date", "value": "2019-06", "source": ""},
]


def cell(columns, name, document):
    return next(column.cell(document, {}) for column in columns if column.name == name)


def test_conflicts_are_told_with_value_and_source():
    told = cell(PROVENANCE, "conflicts", {"conflicts": CONFLICTS})

    assert told == "Held: 2 April 2025, according to A newspaper.; Date: June 2019, according to another source."


def test_a_record_without_conflicts_has_an_empty_cell():
    assert cell(PROVENANCE, "conflicts", {"conflicts": []}) is None
    assert cell(PROVENANCE, "conflicts", {}) is None


def test_a_deadline_tells_what_is_doubtful_about_its_record():
    document = {"record": {"remarks": ["Expires: 1 June 2027, according to A ministry."]}}

    assert cell(TABLE.columns, "doubts", document) == "Expires: 1 June 2027, according to A ministry."

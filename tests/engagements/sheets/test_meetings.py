"""All shipped engagements as an office keeps them, as they are read; tests/prove/test_office_sheet.py enters them."""

from engagements.sheets.words import HEADINGS
from sgoffice.imports.rules.files import read_file
from sgoffice.imports.rules.headings import find_headings
from tests.office_sheet import FIRST, office_sheet


def test_two_lines_of_french_headings_below_a_title_are_understood():
    found = find_headings(read_file(office_sheet().workbook()), HEADINGS)

    assert found.rows == (3, 4)
    assert [found.fields[place] for place in range(10)] == [
        "number", "held", "counterparts", "city", "country", "kind", "title", "summary", "promised_by_us", "due",
    ]  # fmt: skip


def test_what_is_merged_over_meetings_of_one_day_stands_in_each_row():
    made = office_sheet()
    read = {line.number: line.cells for line in read_file(made.workbook()).lines}

    assert len(made.merged) == 9
    assert all(read[FIRST + place][1] for place in range(len(made.rows)))
    assert len([number for number in read if number >= FIRST]) == len(made.rows) == 145

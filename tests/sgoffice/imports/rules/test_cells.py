"""Cells without a value of their own, and rows beside the list."""

import pytest

from sgoffice.imports.rules.cells import fault_of, filled_from_above, is_beside_the_list, says_as_above, says_nothing

ROWS = (["12.03.2019", "Eva Holm", "Oslo"], ['"', "idem", ""], ["Total", "2"], ["14.03.2019", "DITTO", "〃"])


def test_what_says_as_above_is_what_stands_above():
    assert list(filled_from_above(ROWS, 3)) == [
        ["12.03.2019", "Eva Holm", "Oslo"], ["12.03.2019", "Eva Holm", ""], ["Total", "2"],
        ["14.03.2019", "Eva Holm", "〃"],
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['"', "″", '-"-', "— „ —", "idem", "Id.", "same as above", "ídem", "نفسه"])
def test_marks_of_repetition_are_known_in_four_languages(text):
    assert says_as_above(text)
    assert "repeats the cell above" in fault_of(text)


@pytest.mark.parametrize("text", ["", "id", "Do", '5"', '"Lyon"', "Idem Investments", "-", "Samé"])
def test_what_only_looks_like_one_is_a_value(text):
    assert not says_as_above(text)
    assert fault_of(text) == ""


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "#VALEUR!", "#¡REF!", "#NAME?", "#DIV/0!", "Err:502", "#NO RESULT!"])
def test_a_formula_without_a_result_is_a_fault(text):
    assert "formula" in fault_of(text)


@pytest.mark.parametrize("text", ["#MeToo!", "#1", "N/A", "# of people"])
def test_what_people_write_with_such_signs_is_none(text):
    assert fault_of(text) == ""


@pytest.mark.parametrize(
    ("text", "is_so"), [("N/A", True), ("–", True), ("Néant", True), ("NA", False), ("TBC", False)]
)
def test_what_says_that_there_is_nothing_is_blank(text, is_so):
    assert says_nothing(text) is is_so


@pytest.mark.parametrize(
    ("cells", "is_so"),
    [
        (["Total", "", "12"], True), (["Sous-total mars :", "3", ""], True), (["Grand total", "", "#REF!"], True),
        (["TotalEnergies", "FR", ""], False), (["Total", "FR", "Paris"], False), (["المجموع", "", "4"], True),
        (["* times are local", "", ""], True), (["Note: draft", "", ""], True), (["Notes", "", ""], False),
        (["Eva Holm", "", ""], False), (["* Eva Holm", "Oslo", ""], False), (["", "", ""], False),
    ],
)  # fmt: skip
def test_sums_and_footnotes_are_beside_the_list(cells, is_so):
    assert is_beside_the_list(cells, 3) is is_so


def test_in_a_list_of_one_column_nothing_is_a_footnote():
    assert not is_beside_the_list(["* Eva Holm"], 1)

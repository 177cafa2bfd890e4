"""A line on a counterpart as people type it, taken apart: the name, and what is said."""

import pytest

from engagements.rules.typed_lines import (
    is_doubtful_name,
    is_like_a_name,
    is_nobody,
    names_another,
    names_somebody,
    read_typed_line,
    two_names,
)

#: Lines, the name, and the other parts.
LINES = {
    "Gerhard Karner, Minister of the Interior, Austria": ("Gerhard Karner", "Minister of the Interior", "Austria"),
    "Gerhard Karner – Minister of the Interior – Austria": ("Gerhard Karner", "Minister of the Interior", "Austria"),
    "João Silva / Polícia Judiciária / Portugal": ("João Silva", "Polícia Judiciária", "Portugal"),
    "Catherine De Bolle | Executive Director | Europol": ("Catherine De Bolle", "Executive Director", "Europol"),
    "Anna Müller; Universität Wien": ("Anna Müller", "Universität Wien"),
    "王小洪\uff0c公安部部长\uff0c中国": ("王小洪", "公安部部长", "中国"),
    "محمد بن سلمان، ولي العهد، السعودية": ("محمد بن سلمان", "ولي العهد", "السعودية"),
    "- Gerhard Karner, Austria": ("Gerhard Karner", "Austria"),
    "1. Gerhard Karner (AT)": ("Gerhard Karner", "AT"),
    "(2) Gerhard Karner": ("Gerhard Karner",),
    "Gerhard Karner (Austria), Minister of the Interior": ("Gerhard Karner", "Austria", "Minister of the Interior"),
    "Gerhard Karner, Minister of the Interior (Austria)": ("Gerhard Karner", "Minister of the Interior", "Austria"),
    "Austria: Gerhard Karner (Minister of the Interior)": ("Gerhard Karner", "Minister of the Interior", "Austria"),
    "Niger: Ministre de la Sécurité": ("Ministre de la Sécurité", "Niger"),
    "Yamada Junichi (JICA)": ("Yamada Junichi", "JICA"),
    "Lt Gen (ret.) Faiz Ahmad, Pakistan": ("Lt Gen Faiz Ahmad", "Pakistan"),
    "Jarosław Szymczyk, Commander-in-Chief of Police (General), Poland": (
        "Jarosław Szymczyk", "Commander-in-Chief of Police (General)", "Poland",
    ),
    "Gerhard Karner <gerhard.karner@example.org>, Austria": ("Gerhard Karner", "Austria"),
    "Martin King, Jr., Pastor": ("Martin King Jr.", "Pastor"),
    "DUPONT, Jean, chef de cabinet": ("Jean DUPONT", "chef de cabinet"),
    "Dupont, Jean, Minister of Justice": ("Jean Dupont", "Minister of Justice"),
    "von der Leyen, Ursula, President": ("Ursula von der Leyen", "President"),
    "Dupont, Paris": ("Dupont", "Paris"),
    "Smith, FBI, Director": ("Smith", "FBI", "Director"),
    "Minister of the Interior of Austria, Gerhard Karner": ("Gerhard Karner", "Minister of the Interior of Austria"),
    "Minister of the Interior, Austria": ("Minister of the Interior", "Austria"),
    "Minister Gerhard Karner": ("Gerhard Karner", "Minister"),
    "Interior Minister Karner, Austria": ("Karner", "Interior Minister", "Austria"),
    "Jean-Luc O'Neill-Smith": ("Jean-Luc O'Neill-Smith",),
    "Minister and two advisers": ("Minister and two advisers",),
}  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_taken_apart_as_people_write_it(line):
    found = read_typed_line(line)

    assert (found.name, *found.said) == LINES[line]


def test_no_text_is_no_line():
    assert read_typed_line(" , ") is None
    assert read_typed_line("") is None


@pytest.mark.parametrize("name", ["TBC", "?", "N.N.", "à confirmer", "karner@example.org", "unknown"])
def test_who_is_not_known_yet_is_nobody(name):
    assert is_nobody(name)
    assert not is_nobody("Tab Bac")


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Gerhard Karner", True), ("Ludwig van Beethoven", True), ("محمد بن سلمان", True), ("王小洪", True),
        ("FBI", False), ("Austria", False), ("Tokyo", False), ("Minister of Justice", False), ("Federal Police", False),
        ("two advisers", False), ("Head 3", False),
    ],
)  # fmt: skip
def test_what_can_be_a_name(text, is_name):
    assert is_like_a_name(text) is is_name


def test_two_people_in_one_line_are_seen():
    assert two_names("Gerhard Karner & Karl Nehammer")
    assert two_names("Anna Weber und Otto Klein")
    assert not two_names("Minister and two advisers")
    assert not two_names("Mr. and Mrs. Smith")
    assert names_another("Austria and Karl Nehammer")
    assert not names_another("Justice and Home Affairs")


@pytest.mark.parametrize("part", ["Eva Holm", "Mrs Eva Holm", "M. Karl Roe", "Eva van Holm", "Dr. Ana Lima Costa"])
def test_a_name_behind_a_name_is_somebody_else(part):
    assert names_somebody(part)


@pytest.mark.parametrize(
    "part",
    [
        "Minister of Justice", "Legal Adviser", "Polícia Judiciária", "Universität Wien", "Head of Unit", "Oslo",
        "JICA",
        "Special Envoy", "Criminal Investigation Department", "Directeur général", "chef de cabinet",
        "Austria",
    ],
)  # fmt: skip
def test_a_title_or_a_body_behind_a_name_is_nobody(part):
    assert not names_somebody(part)


def test_a_text_with_signs_that_no_name_has_is_doubtful():
    assert all(map(is_doubtful_name, ("HOLM Jens + 2", "Jens Holm 2. Eva", "Jens/Eva", "#N/A")))
    assert not any(map(is_doubtful_name, ("Jean-Luc O'Neill-Smith", "Dr. Eva Holm", "王小洪")))

"""Offices that stand in place of a person's name, and bodies that belong to a State."""

import pytest

from engagements.rules.offices import NamedOffice, read_office


@pytest.mark.parametrize(
    ("text", "title", "country"),
    [
        ("The Minister of Justice of Rwanda", "Minister of Justice", "RW"),
        ("Minister of Justice, Rwanda", "Minister of Justice", "RW"),
        ("Rwanda's Minister of Justice", "Minister of Justice", "RW"),
        ("Interior Minister of Austria", "Interior Minister", "AT"),
        ("President of the Republic of Korea", "President", "KR"),
        ("Ministre de la Justice du Sénégal", "Ministre de la Justice", "SN"),
        ("Ministro del Interior de Chile", "Ministro del Interior", "CL"),
        ("Deputy Minister of Interior of Georgia", "Deputy Minister of Interior", "GE"),
        ("وزير الداخلية", "وزير الداخلية", ""),
        ("Prime Minister", "Prime Minister", ""),
        ("Director General", "Director General", ""),
        ("Secretary General of the United Nations", "Secretary General of the United Nations", ""),
        ("President", "President", ""),
    ],
)
def test_an_office_is_read_with_its_state(text, title, country):
    assert read_office(text) == NamedOffice(title, country)


@pytest.mark.parametrize(
    "name",
    [
        "Josephine Teo", "Minister Josephine Teo", "Senator de Lima", "Director de Souza", "Steve King", "Mary Judge",
        "Prince Albert", "Pope Francis", "Karner, Gerhard", "Minister Karner, Gerhard", "Mohammed Al Maktoum of Dubai",
        "Leonardo da Vinci", "Justice Nyambura", "Ban Ki-moon", "Bishop", "",
    ],
)  # fmt: skip
def test_a_name_is_no_office_with_or_without_a_title(name):
    assert read_office(name) is None

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
        ("Ministro do Interior de Portugal", "Ministro do Interior", "PT"),
        ("Министр внутренних дел Австрии", "Министр внутренних дел Австрии", ""),
        ("Президент Республики Казахстан", "Президент Республики Казахстан", ""),
        ("法務大臣", "法務大臣", ""),
        ("公安部部长", "公安部部长", ""),
        ("Minister Spraw Wewnętrznych", "Minister Spraw Wewnętrznych", ""),
        ("Primeiro-Ministro de Portugal", "Primeiro-Ministro", "PT"),
        ("日本国法務大臣", "法務大臣", "JP"),
        ("奥地利内政部长", "内政部长", "AT"),
        ("법무부 장관", "법무부장관", ""),
        ("Capo della Polizia", "Capo della Polizia", ""),
        ("Ministro dell'Interno", "Ministro dell'Interno", ""),
        ("Bundesminister für Inneres", "Bundesminister für Inneres", ""),
        ("Innenminister", "Innenminister", ""),
        ("İçişleri Bakanı", "İçişleri Bakanı", ""),
        ("Υπουργός Δικαιοσύνης", "Υπουργός Δικαιοσύνης", ""),
        ("King of Jordan", "King", "JO"),
        ("Rei de Espanha", "Rei", "ES"),
        ("König von Belgien", "König", "BE"),
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
        "King, Jordan", "Coretta King", "Ministro da Silva", "Presidente da Silva", "Minister von Weizsäcker",
        "Rei Silva",
        "Министр Лавров", "鈴木馨祐法務大臣", "Capo di Tutti", "Sultan Al Jaber", "Emir Kusturica",
        "Luca della Robbia", "President Justin Smith", "Director Justin Trudeau", "Minister Innerhofer",
        "Präsident Innerhofer",
        "Presidente Esterino Montino", "Secretario Defensor Santiago", "Director Economides", "Президент Рахмон",
        "Президент Рамзан Кадыров", "Президент ас-Сиси", "Председатель фон дер Ляйен", "外交部", "公安部", "中国外交部",
        "Ministro da Justiça Flávio Dino", "Ministro dell'Interno Matteo Piantedosi", "Ahmet Bakani",
        "Bundesminister für Inneres Gerhard Karner", "Министр внутренних дел Колокольцев",
        "Ali Yerlikaya İçişleri Bakanı",
        "Министр внутренних дел Владимир Колокольцев", "Presidente da República Marcelo Rebelo de Sousa",
    ],
)  # fmt: skip
def test_a_name_is_no_office_with_or_without_a_title(name):
    assert read_office(name) is None

"""The level of a title, by the table of titles, and of titles that the table does not have."""

import csv
import json
from pathlib import Path

import pytest

from engagements.rules.levels import Seat, derive_levels, level_of, levels_of, precedence
from engagements.rules.titles import TABLE, Office

STATE = Office(country="XX")
INTERNATIONAL = Office("international_body")
POLICE = Office("police", "XX")
SOURCE = Path(__file__).parents[2] / "sources" / "additions.json"
ITS_WORDS = {"local_government": "local_authority", "staff": "working_level"}


@pytest.mark.parametrize(
    ("title", "office", "level"),
    [
        # titles of the table, however they are written
        ("MINISTER OF JUSTICE", STATE, "minister"),
        ("Minister of the Interior (General)", STATE, "minister"),
        ("premiere ministre", STATE, "head_of_government"),
        ("Secretaria de Estado", STATE, "deputy_minister"),
        ("وزير الداخليه", STATE, "minister"),
        ("33 permanent representatives", STATE, "ambassador"),
        # one title at several levels
        ("President", STATE, "head_of_state"),
        ("President", INTERNATIONAL, "head_of_organization"),
        ("Director General", POLICE, "chief_of_police"),
        ("Director General", INTERNATIONAL, "head_of_organization"),
        ("Director General", STATE, ""),
        ("Commissioner", Office("organ"), "deputy_head_of_organization"),
        ("Commissioner", POLICE, "chief_of_police"),
        ("Commissioner for Justice and Home Affairs", Office("organ"), "deputy_head_of_organization"),
        ("Commissioner for Migration", Office("organ"), "deputy_head_of_organization"),
        ("Minister of State", Office(country="MC"), "head_of_government"),
        ("Minister of State", STATE, "minister"),
        ("Secretary of State", Office(country="US"), "minister"),
        ("Secretary of State", STATE, "deputy_minister"),
        ("Attorney General", Office(country="US"), "minister"),
        ("Attorney General", STATE, "judiciary"),
        ("High Commissioner", STATE, "ambassador"),
        ("High Commissioner", Office("organ"), "head_of_organization"),
        # their siblings
        ("Minister of Fisheries", STATE, "minister"),
        ("Federal Minister of Health", STATE, "minister"),
        ("Interior Minister", STATE, "minister"),
        ("Ministre de la Santé", STATE, "minister"),
        ("Ministre déléguée chargée du Budget", STATE, "deputy_minister"),
        ("وزيرة الصحة", STATE, "minister"),
        ("نائب وزير الداخلية", STATE, "deputy_minister"),
        ("Vice-Ministre de l'Intérieur", STATE, "deputy_minister"),
        ("Deputy Commissioner of Police", POLICE, "police_officer"),
        ("Vice-President", Office("sports_body"), "deputy_head_of_organization"),
        ("Under-Secretary-General for Counter-Terrorism", INTERNATIONAL, "deputy_head_of_organization"),
        ("President of Chile", Office(country="CL"), "head_of_state"),
        ("His Holiness the Pope", Office(country="VA"), "head_of_state"),
        ("Acting Minister of Justice", STATE, "minister"),
        ("Head of NCB Nairobi", Office("national_central_bureau", "KE"), "head_of_ncb"),
        ("رئيس الوزراء ووزير الداخلية", STATE, "head_of_government"),
        # what only looks like one
        ("Former Minister of Justice", STATE, ""),
        ("Minister Counsellor", STATE, ""),
        ("وزير مفوض", STATE, ""),
        ("Chief Minister", STATE, ""),
        ("Legal Adviser to the Minister of Justice and Minister of Defence", STATE, "senior_official"),
        ("Assistant to the Minister", STATE, ""),
        ("President of the Constitutional Court", STATE, ""),
        ("Chancellor of the Exchequer", STATE, ""),
        ("Chancellor", Office("academic_body", "XX"), ""),
        ("Secretary General", Office("ministry", "XX"), ""),
        ("Governor of the Central Bank", STATE, ""),
        ("Chancellor of the Exchequer", Office(), ""),
        ("Premier of Ontario", Office(), ""),
        ("Prime Minister of the Kurdistan Region", Office(), ""),
        ("President of the Republic of Tatarstan", Office(), ""),
        ("President of the Republic of Tatarstan", Office(country="RU"), ""),
        ("Prime Minister of India", Office(country="PK"), ""),
        ("Secretary General of the Ministry of the Interior", Office(), ""),
        ("Secretary General of the Government", Office(country="FR"), ""),
        ("Secretary General", Office("parliament", "XX"), ""),
        ("Deputy Secretary General of the Senate", Office(), ""),
        # the State by its own or its formal name
        ("Prime Minister of India", Office(), "head_of_government"),
        ("President of the Republic of Rwanda", Office(country="RW"), "head_of_state"),
        ("President of the Federal Republic of Germany", Office(country="DE"), "head_of_state"),
        ("Premier of the State Council", Office(country="CN"), "head_of_government"),
        ("Secretary General of the Council of Europe", Office(), "head_of_organization"),
        ("", STATE, ""),
    ],
)
def test_a_title_speaks_of_its_level(title, office, level):
    assert level_of(title, office) == level


def test_a_title_with_two_offices_has_the_higher_level_and_names_both():
    spoken = levels_of("Deputy Prime Minister and Minister of Fisheries", STATE)

    assert [one.level for one in spoken] == ["deputy_head_of_government", "minister"]


def test_a_doubt_about_the_level_of_a_title_is_told():
    [elsewhere] = levels_of("Minister of State for Security", STATE)
    [there] = levels_of("Minister of State", Office(country="MC"))

    assert elsewhere.doubt == "Monaco: head of government; elsewhere often below a full minister"
    assert there.doubt == ""


def test_the_highest_title_at_the_table_gives_the_level():
    seats = [Seat("/a", "Director", POLICE), Seat("/b", "Minister", STATE), Seat("/c", "President", STATE)]

    assert [(one.level, one.pointer) for one in derive_levels(seats)] == [
        ("head_of_state", "/c"),
        ("minister", "/b"),
        ("director", "/a"),
    ]
    assert precedence("head_of_state") < precedence("minister") < precedence("director") < precedence("")


def test_every_row_of_the_table_says_what_the_collected_row_says_that_it_names():
    rows = json.loads(SOURCE.read_text(encoding="utf-8"))["titles_to_levels"]["rows"]
    with TABLE.open(encoding="utf-8", newline="") as file:
        next(file)
        ours = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    titled = [(place, row) for place, row in enumerate(rows) if row["title"]]
    assert {int(row["from"]) for row in ours} == {place for place, _ in titled}

    for row in ours:
        theirs = rows[int(row["from"])]
        assert row["title"] == theirs["title"].removesuffix(" (of a State)")
        told = (row["language"], row["note"], row["source"], row["verification"])
        assert told == (theirs["lang"], theirs["note"] or "", theirs["source"], theirs["verification"])
        if row["level"] == ITS_WORDS.get(theirs["level"], theirs["level"]):
            assert row["when"] in {theirs["when"] or "", "State", "United States", "United Kingdom", "Germany, Austria"}
        else:  # what the note says of other countries
            assert (row["title"], row["level"]) in {
                ("Attorney General", "judiciary"), ("Secretary of State", "deputy_minister"),
            }  # fmt: skip
            assert row["doubt"]
            assert "other countries" in row["note"] or "elsewhere" in row["note"]

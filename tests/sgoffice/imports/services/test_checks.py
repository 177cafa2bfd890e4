"""The dry run: what is wrong is found by row and column, what is open is asked once, and nothing stays."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from engagements.services import CapacityEntry, ParticipantEntry
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Organization, Person
from sgoffice.documents import differences
from sgoffice.imports import queue, services
from sgoffice.imports.models import Import
from sgoffice.records.entries import ByName
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation
from sgoffice.records.models import Entry, HistoryEntry
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import staff
from tests.factories.engagements import NOW
from tests.factories.imports import brought, checked, report, worked

pytestmark = pytest.mark.django_db

HEAD = "Date;Avec qui;Ville;Pays;Type\n"
GOOD = "14 mars 2016;Gerhard Karner, Minister of the Interior, Austria;Vienne;Autriche;Visite\n"


@pytest.fixture(autouse=True)
def countries():
    for code, name in (
        ("AT", "Austria"),
        ("FR", "France"),
        ("CG", "Congo"),
        ("CD", "Democratic Republic of the Congo"),
    ):
        directory.country(code, name)


@pytest.fixture
def officer():
    return staff("officer").as_actor()


def answer(imported, by, **answers):
    given = tuple(services.AnswerEntry(question=key.replace("__", ":"), choice=one) for key, one in answers.items())
    services.choose(imported.pk, services.ChoicesEntry(answers=given), by=by, expected=ANY_VERSION, at=NOW)
    return worked(imported)


def told(imported, by):
    return [(one["row"], one["column"], one["field"]) for one in report(imported, by=by)["problems"]]


def test_a_trial_makes_nothing_that_only_readers_of_the_register_and_partners_find(officer):
    brought(HEAD + GOOD, by=officer)

    with CaptureQueriesContext(connection) as asked:
        assert queue.work_once(lambda _: None) == []

    kept = [one["sql"] for one in asked.captured_queries if "INSERT INTO" in one["sql"]]
    assert sum("records_searchrow" in sql for sql in kept) == 2  # of the person, who is looked for, and of the import
    assert not any("feed_published" in sql for sql in kept)


def test_a_good_row_is_ready_and_leaves_nothing_in_the_register(officer):
    imported = brought(HEAD + GOOD, by=officer)
    before = Entry.objects.count(), HistoryEntry.objects.count()

    found = report(worked(imported), by=officer)

    assert (found["state"], found["counts"], found["problems"], found["missing"]) == ("checked", {"ready": 1}, [], [])
    assert [one["suggested"] for one in found["questions"]] == ["new-person"]
    assert (Engagement.objects.count(), Person.objects.count()) == (0, 0)
    # the import itself says what it came to, and nothing else was written
    assert (Entry.objects.count(), HistoryEntry.objects.count()) == (before[0], before[1] + 1)
    assert list(differences()) == []


def test_each_fault_is_told_with_its_row_and_its_column(officer):
    rows = [
        "31.02.2016;Gerhard Karner;Vienne;Autriche;Visite\n",
        ";Gerhard Karner;Vienne;Autriche;Visite\n",
        "7/12/2016;Gerhard Karner;Vienne;Autriche;Visite\n",
        "14 mars 2016;Gerhard Karner;Vienne;Freedonia;Visite\n",
        "14 mars 2016;Gerhard Karner;Brazzaville;Congo;Visite\n",
        "14 mars 2016;Gerhard Karner;Vienne;Autriche;Pot de départ\n",
        "14 mars 2016;;Vienne;Autriche;Visite\n",
        "15 mars 2016;Gerhard \u202eKarner;Vienne;Autriche;Visite\n",
    ]

    assert told(checked(HEAD + "".join(rows), by=officer), officer) == [
        (2, "A", "held"), (3, "A", "held"), (4, "A", "held"), (5, "D", "country"), (6, "D", "country"),
        (7, "E", "kind"), (8, "B", "counterparts"), (9, "B", "counterparts"),
    ]  # fmt: skip


def test_one_answer_counts_for_all_rows_with_the_word(officer):
    people = ("Anna Berg", "Omar Diallo", "Lucía Fernández")
    rows = "".join(f"{day} mars 2016;{name};Brazzaville;Congo;Pot de départ\n" for day, name in enumerate(people, 1))
    imported = checked(HEAD + rows, by=officer)

    assert report(imported, by=officer)["open_questions"] == 2

    imported = answer(imported, officer, country__congo="CG", **{"kind__pot de depart": "reception"})

    assert report(imported, by=officer)["counts"] == {"ready": 3}


def test_a_name_that_may_be_somebody_is_asked_once_and_one_in_three_spellings_is_one(officer):
    known = directory.person("Gerhard Karner")
    rows = [
        "14 mars 2016;Gerhart Karner, Minister, Austria;Vienne;Autriche;Visite\n",
        "1 mars 2017;Élodie Garçon, Ministre, France;Paris;France;Visite\n",
        "1 mars 2018;Elodie GARCON, Ministre, France;Paris;France;Visite\n",
        "1 mars 2019;Élodie Garson, Ministre, France;Paris;France;Visite\n",
    ]
    imported = checked(HEAD + "".join(rows), by=officer)
    asked = {one["text"]: one for one in report(imported, by=officer)["questions"]}

    assert asked["Gerhart Karner"]["suggested"] == ""
    assert asked["Gerhart Karner"]["options"][0]["record"] == str(known.pk)
    # the second spelling is the same key as the first; the third is near, and asked
    assert asked["Élodie Garçon"]["count"] == 2
    assert asked["Élodie Garson"]["options"][0]["key"] == f"same-{asked['Élodie Garçon']['key']}"
    assert report(imported, by=officer)["counts"] == {"ready": 2, "problem": 2}

    answers = {asked["Gerhart Karner"]["key"]: f"person-{known.pk}"}
    answers |= {asked["Élodie Garson"]["key"]: asked["Élodie Garson"]["options"][0]["key"]}
    given = tuple(services.AnswerEntry(question=key, choice=one) for key, one in answers.items())
    services.choose(imported.pk, services.ChoicesEntry(answers=given), by=officer, expected=ANY_VERSION, at=NOW)

    assert report(worked(imported), by=officer)["counts"] == {"ready": 4}


def test_a_row_that_repeats_another_and_one_that_may_be_the_same_are_told_apart(officer):
    other = "14.03.2016;Gerhard Karner, Minister of the Interior, Austria;Vienne;Autriche;Audience\n"
    imported = checked(HEAD + GOOD + GOOD + other, by=officer)

    assert report(imported, by=officer)["counts"] == {"ready": 1, "problem": 1, "repeated": 1}
    assert [(one["row"], one["detail"]) for one in report(imported, by=officer)["problems"]] == [
        (3, "It repeats row 2."),
        (4, "It may be the same as row 2. Leave it out, or enter it as another one."),
    ]
    assert report(answer(imported, officer, duplicates="skip"), by=officer)["counts"]["skipped"] == 1
    assert report(answer(imported, officer, **{"row-4": "another"}), by=officer)["counts"]["ready"] == 2


def test_what_the_register_has_already_is_told_with_the_record(officer):
    karner = directory.person("Gerhard Karner")
    met = make.engagement(held="2016-03-14", city="Vienne", country="AT", participants=(make.theirs(person=karner),))

    [one] = report(checked(HEAD + GOOD, by=officer), by=officer)["problems"]

    assert (one["row"], one["question"], [shown["id"] for shown in one["records"]]) == (2, "row-2", [str(met.pk)])


def test_a_report_names_nobody_whom_its_reader_may_not_see(officer):
    karner = directory.person("Gerhard Karner")
    hidden = {"held": "2016-03-14", "city": "Vienne", "country": "AT", "participants": (make.theirs(person=karner),)}
    chief = staff("approver").as_actor()
    make.engagement(by=chief, marking="restricted", **hidden)

    imported = checked(HEAD + GOOD, by=chief)

    assert report(imported, by=chief)["problems"][0]["records"]
    assert report(imported, by=officer)["problems"][0]["records"] == []
    assert list(Import.objects.visible_to(officer)) == []


@pytest.mark.parametrize(
    ("step", "entry"),
    [
        (services.choose, services.ChoicesEntry(answers=())),
        (services.map_columns, services.MappingEntry()),
        (services.commit_import, services.CommitEntry(leave_out=True)),
    ],
)
def test_who_brought_a_file_learns_nothing_from_what_another_one_may_see(officer, step, entry):
    chief = staff("approver").as_actor()
    hidden = ByName(name="Gerhard Karner", create=True)
    capacity = CapacityEntry(title="Minister", country="AT")
    make.engagement(marking="restricted", participants=(ParticipantEntry(person=hidden, capacities=(capacity,)),))
    imported = checked(HEAD + GOOD, by=officer)
    before = report(imported, by=officer)

    with pytest.raises(RuleViolation, match="Somebody else brought this file"):
        step(imported.pk, entry, by=chief, expected=ANY_VERSION, at=NOW)

    assert report(imported, by=officer) == before
    assert before["counts"] == {"ready": 1}


def test_blank_cells_mean_what_the_mapping_says_and_it_is_saved_by_name(officer):
    text = "Date;Avec qui\n3/4/2016;Gerhard Karner, Austria\n"
    imported = checked(text, by=officer)

    assert report(imported, by=officer)["missing"] == ["kind"]

    entry = services.MappingEntry(
        defaults=(services.DefaultEntry(field="kind", value="visit"),), date_order="month_first", save_as="Desk"
    )
    services.map_columns(imported.pk, entry, by=officer, expected=ANY_VERSION, at=NOW)
    assert report(worked(imported), by=officer)["counts"] == {"ready": 1}
    assert imported.sheet_rows.get().values["held"] == "2016-03-04"

    again = checked(text.replace("3/4", "5/6"), by=officer, mapping="Desk")
    assert report(again, by=officer)["counts"] == {"ready": 1}
    with pytest.raises(InvalidEntry, match="No mapping is saved"):
        brought(text, by=officer, mapping="Other")


def test_columns_headings_and_encoding_are_put_right(officer):
    text = "Liste\nWann;Wen;Qui\n14 mars 2016;x;Gerhard Karner, Austria\n"
    imported = brought(text.encode("cp1250"), by=officer, kind="engagement")
    entry = services.MappingEntry(
        heading_row=2,
        encoding="cp1250",
        columns=(
            services.ColumnEntry(column="A", field="held"),
            services.ColumnEntry(column="C", field="counterparts"),
        ),
        defaults=(services.DefaultEntry(field="kind", value="Visite"),),
    )
    with pytest.raises(RuleViolation, match="being checked"):
        services.map_columns(imported.pk, entry, by=officer, expected=ANY_VERSION, at=NOW)
    worked(imported)
    services.map_columns(imported.pk, entry, by=officer, expected=ANY_VERSION, at=NOW)

    found = worked(imported)
    assert (found.encoding, found.heading_rows, found.counts) == ("cp1250", [2], {"ready": 1})
    for wrong in ({"columns": (services.ColumnEntry(column="Z", field="held"),)},
                  {"columns": (services.ColumnEntry(column="A", field="x"),)}, {"heading_row": 99}, {"kind": "x"},
                  {"defaults": (services.DefaultEntry(field="x", value="1"),)}):  # fmt: skip
        with pytest.raises(InvalidEntry):
            services.map_columns(imported.pk, services.MappingEntry(**wrong), by=officer, expected=ANY_VERSION, at=NOW)


def test_who_may_not_write_imports_nothing(officer):
    with pytest.raises(NotPermitted):
        brought(HEAD + GOOD, by=staff("viewer").as_actor())


def test_counterparts_in_columns_of_their_own_are_read_as_one_line(officer):
    unodc = directory.organization("United Nations Office on Drugs and Crime", acronym="UNODC")
    text = (
        "Date;Nom;Fonction;Organisme;Pays d'origine;Type\n"
        "14 mars 2016;Karner, Gerhard;Minister;;Austria;Visite\n"
        "15 mars 2016;Jane Doe\u200b;Director;UNODC;;Visite\n"
        "16 mars 2016;A Person; B;C;;Visite\n"
    )
    imported = checked(text.replace("\u200b", ""), by=officer)
    rows = [row.values["participants"] for row in imported.sheet_rows.order_by("number")]

    assert [(one["name"], one["title"], one["country"]) for one in rows[0]] == [("Gerhard KARNER", "Minister", "AT")]
    assert [(one["name"], one["title"], one["body"]) for one in rows[1]] == [("Jane Doe", "Director", str(unodc.pk))]
    assert Organization.objects.count() == 1

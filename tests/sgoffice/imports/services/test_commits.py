"""Entering what was checked: by the services, once, with its source; again it changes nothing."""

import pytest
from django.db import IntegrityError, connection, transaction

from engagements.models import ActionItem, Engagement
from engagements.services import EngagementEntry, correct_engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Person
from sgoffice.imports import queue, services
from sgoffice.imports.models import Import, ImportTask
from sgoffice.imports.services import commits
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import directory
from tests.factories.accounts import staff
from tests.factories.engagements import NOW
from tests.factories.imports import brought, checked, committed, report, worked

pytestmark = pytest.mark.django_db

HEAD = "Date;Avec qui;Ville;Pays;Type;À faire;Échéance\n"
ROWS = (
    "14 mars 2016;Gerhard Karner, Minister of the Interior, Austria;Vienne;Autriche;Visite;Envoyer la note;15.4.2016\n"
    "1 mars 2017;KARNER Gerhard, Minister of the Interior, Austria;Graz;Autriche;Visite;;\n"
    "1 mars 2018;Anna Berg, Director, Austria;Linz;Autriche;Pot de départ;;\n"
)


@pytest.fixture(autouse=True)
def austria():
    directory.country("AT", "Austria")


@pytest.fixture
def officer():
    return staff("officer").as_actor()


def test_rows_become_records_that_know_import_file_and_row(officer):
    imported = committed(checked(HEAD + ROWS, by=officer, file_name="liste.csv"), by=officer, leave_out=True)

    assert (imported.state, imported.counts) == ("committed", {"entered": 2, "problem": 1})
    first, second = Engagement.objects.order_by("sort_day")
    assert first.sources[0]["document"] == f"Import {imported.reference}, row 2"
    assert first.sources[0]["title"] == "liste.csv"
    assert (first.entered_by, first.marking, first.held) == (officer.id, "internal", "2016-03-14")
    # one name in two spellings is one person, who is new once
    person = Person.objects.get()
    assert {one.participants.get().person_id for one in (first, second)} == {person.pk}
    assert person.sources[0]["document"] == f"Import {imported.reference}, row 2"
    assert str(ActionItem.objects.get().due_on) == "2016-04-15"


def test_rows_with_a_problem_are_left_out_only_when_somebody_says_so(officer):
    imported = checked(HEAD + ROWS, by=officer)

    with pytest.raises(RuleViolation, match="1 rows have a problem"):
        services.commit_import(imported.pk, services.CommitEntry(), by=officer, expected=ANY_VERSION, at=NOW)
    waiting = brought(HEAD + ROWS, by=officer)
    with pytest.raises(RuleViolation, match="being checked"):
        services.commit_import(waiting.pk, services.CommitEntry(), by=officer, expected=ANY_VERSION, at=NOW)


def test_what_was_entered_is_not_mapped_or_entered_again(officer):
    imported = committed(checked(HEAD + ROWS, by=officer), by=officer, leave_out=True)

    for step in (
        lambda: services.commit_import(
            imported.pk, services.CommitEntry(leave_out=True), by=officer, expected=ANY_VERSION, at=NOW
        ),
        lambda: services.map_columns(imported.pk, services.MappingEntry(), by=officer, expected=ANY_VERSION, at=NOW),
    ):
        with pytest.raises(RuleViolation, match="entered"):
            step()


def test_the_same_file_again_changes_nothing(officer):
    committed(checked(HEAD + ROWS, by=officer), by=officer, leave_out=True)

    again = committed(checked(HEAD + ROWS, by=officer, file_name="copy.csv"), by=officer, leave_out=True)

    assert again.counts == {"known": 2, "problem": 1}
    assert (Engagement.objects.count(), Person.objects.count()) == (2, 1)
    assert report(again, by=officer)["differences"] == []


def test_what_a_person_corrected_since_stays_and_is_listed(officer):
    committed(checked(HEAD + ROWS, by=officer), by=officer, leave_out=True)
    met = Engagement.objects.get(city="Vienne")
    change = Correction(EngagementEntry, {"city": "Wien"})
    correct_engagement(met.pk, change, by=officer, expected=ANY_VERSION, at=NOW)

    again = committed(checked(HEAD + ROWS, by=officer), by=officer, leave_out=True)

    assert report(again, by=officer)["differences"] == [
        {"row": 2, "record": str(met.pk), "field": "city", "file": "Vienne", "register": "Wien"}
    ]
    assert Engagement.objects.get(pk=met.pk).city == "Wien"


def test_a_worker_that_dies_between_pieces_leaves_no_row_half_done_and_another_goes_on(officer, monkeypatch):
    rows = "".join(f"1 mars {year};Anna Berg, Director, Austria;Linz;Autriche;Visite;;\n" for year in range(1950, 2020))
    imported = checked(HEAD + rows, by=officer)
    services.commit_import(imported.pk, services.CommitEntry(), by=officer, expected=ANY_VERSION, at=NOW)
    enter, pieces = commits._enter_piece, []

    def dying(*args, **kwargs):
        if len(pieces) == 1:
            raise KeyboardInterrupt
        pieces.append(args)
        enter(*args, **kwargs)

    monkeypatch.setattr(commits, "_enter_piece", dying)
    with pytest.raises(KeyboardInterrupt):
        queue.run_next()
    monkeypatch.undo()
    halfway = Engagement.objects.count()
    assert 0 < halfway < 70
    assert queue.run_next() is None  # the dead one holds it still
    ImportTask.objects.update(held_until=NOW)

    assert worked(imported).counts == {"entered": 70}
    assert (Engagement.objects.count(), Person.objects.count()) == (70, 1)
    assert Import.objects.get(pk=imported.pk).sheet_rows.filter(record=None).count() == 0


def test_what_is_refused_only_when_it_is_entered_is_told_like_the_rest(officer):
    imported = checked(HEAD + ROWS.splitlines(keepends=True)[0], by=officer)
    committed(checked(HEAD + ROWS.splitlines(keepends=True)[0].replace("Envoyer", "Relire"), by=officer), by=officer)

    imported = committed(imported, by=officer)

    assert imported.counts == {"problem": 1}
    assert "bring the file again" in report(imported, by=officer)["problems"][0]["detail"]
    assert Engagement.objects.count() == 1


def test_restricted_records_are_entered_as_such(officer):
    committed(checked(HEAD + ROWS, by=officer, records_marking="restricted"), by=officer, leave_out=True)

    assert set(Engagement.objects.values_list("marking", flat=True)) == {"restricted"}
    assert not Engagement.objects.visible_to(staff("officer").as_actor()).exists()


def test_the_database_refuses_an_import_that_others_could_read(officer):
    imported = brought(HEAD + ROWS, by=officer)

    statement = "UPDATE imports_import SET marking = 'internal' WHERE id = %s"
    with (
        pytest.raises(IntegrityError, match="import_is_restricted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [imported.pk])

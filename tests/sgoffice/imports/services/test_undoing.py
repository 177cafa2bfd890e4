"""Undoing an import: its records are marked as entered in error; what people changed since is kept and listed."""

import pytest

from engagements.models import ActionItem, Engagement
from engagements.services import EngagementEntry, correct_engagement
from sgoffice.changes.corrections import restore
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Person
from sgoffice.documents import differences
from sgoffice.imports import services
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import staff
from tests.factories.engagements import NOW
from tests.factories.imports import checked, committed, report, undone

pytestmark = pytest.mark.django_db

TEXT = (
    "Date;Avec qui;Ville;Pays;Type;À faire\n"
    "14 mars 2016;Gerhard Karner, Minister, Austria;Vienne;Autriche;Visite;Envoyer le projet\n"
    "1 mars 2017;Anna Berg, Director, Austria;Graz;Autriche;Visite;\n"
    "1 mars 2018;Omar Diallo, Director, Austria;Linz;Autriche;Visite;\n"
)


@pytest.fixture(autouse=True)
def austria():
    directory.country("AT", "Austria")


@pytest.fixture
def officer():
    return staff("officer").as_actor()


def counts():
    return Engagement.objects.live().count(), ActionItem.objects.live().count(), Person.objects.live().count()


def test_everything_that_it_entered_is_taken_back(officer):
    imported = committed(checked(TEXT, by=officer), by=officer)
    assert counts() == (3, 1, 3)

    imported = undone(imported, by=officer)

    assert (imported.state, imported.counts) == ("undone", {"undone": 3})
    assert counts() == (0, 0, 0)
    assert Engagement.objects.count() == 3  # nobody deletes
    assert list(differences()) == []


def test_what_was_undone_is_entered_anew(officer):
    undone(committed(checked(TEXT, by=officer), by=officer), by=officer)

    again = committed(checked(TEXT, by=officer), by=officer)

    assert again.counts == {"entered": 3}
    assert counts() == (3, 1, 3)


def test_what_somebody_changed_or_added_to_since_is_kept_and_listed(officer):
    imported = committed(checked(TEXT, by=officer), by=officer)
    first, second, _ = Engagement.objects.order_by("sort_day")
    change = Correction(EngagementEntry, {"city": "Wien"})
    correct_engagement(first.pk, change, by=officer, expected=ANY_VERSION, at=NOW)
    make.paper(second, by=officer)

    imported = undone(imported, by=officer)

    assert imported.counts == {"kept": 2, "undone": 1}
    assert {one["detail"] for one in report(imported, by=officer)["problems"]} == {
        "It is kept: somebody changed it since.",
        "It is kept: somebody changed or added what belongs to it.",
    }
    # whom they name stays with them
    assert counts() == (2, 1, 2)


@pytest.mark.parametrize("undone_by_approver", [True, False])
def test_a_paper_that_is_hidden_from_who_reads_the_report_keeps_nothing(officer, undone_by_approver):
    imported = committed(checked(TEXT, by=officer), by=officer)
    first, approver = Engagement.objects.order_by("sort_day")[0], staff("approver").as_actor()
    make.paper(first, marking="restricted", by=approver)

    imported = undone(imported, by=approver if undone_by_approver else officer)

    assert (imported.counts, report(imported, by=officer)["problems"]) == ({"undone": 3}, [])


def test_a_person_whom_others_name_since_stays(officer):
    imported = committed(checked(TEXT, by=officer), by=officer)
    make.engagement(by=officer, participants=(make.theirs(person=Person.objects.get(name="Anna Berg")),))

    undone(imported, by=officer)

    assert counts() == (1, 0, 1)


def names(by):
    return sorted(str(one) for one in Person.objects.visible_to(by))


@pytest.mark.parametrize("is_met", [True, False])
def test_who_was_met_in_confidence_since_looks_like_who_was_not(officer, is_met):
    imported = committed(checked(TEXT, by=officer), by=officer)
    approver, anna = staff("approver").as_actor(), Person.objects.get(name="Anna Berg")
    if is_met:
        make.engagement(by=approver, marking="restricted", participants=(make.theirs(person=anna),))

    imported = undone(imported, by=officer)

    assert (imported.counts, report(imported, by=officer)["problems"]) == ({"undone": 3}, [])
    assert names(officer) == []
    assert names(approver) == ["Anna Berg", "Gerhard Karner", "Omar Diallo"]
    assert Person.objects.get(pk=anna.pk).is_in_error is not is_met
    assert list(differences()) == []


@pytest.mark.parametrize("is_met", [True, False])
def test_rows_of_people_who_were_met_in_confidence_since_look_like_others(officer, is_met):
    sheet = "Nom complet;Prénom;Courriel\nAnna Berg;Anna;berg@example.org\nOmar Diallo;Omar;\n"
    imported = committed(checked(sheet, by=officer), by=officer)
    anna = Person.objects.get(name="Anna Berg")
    if is_met:
        approver = staff("approver").as_actor()
        make.engagement(by=approver, marking="restricted", participants=(make.theirs(person=anna),))

    imported = undone(imported, by=officer)

    assert (imported.counts, report(imported, by=officer)["problems"]) == ({"undone": 2}, [])
    assert names(officer) == []
    assert Person.objects.get(pk=anna.pk).is_in_error is not is_met


def test_a_meeting_that_is_restored_shows_again_whom_it_names(officer):
    undone(committed(checked(TEXT, by=officer), by=officer), by=officer)
    meeting = Engagement.objects.order_by("sort_day")[1]

    restore(Engagement, meeting.pk, by=officer, expected=ANY_VERSION, reason="It was held.")

    assert names(officer) == ["Anna Berg"]


def test_an_undo_needs_a_reason_and_something_to_undo(officer):
    imported = checked(TEXT, by=officer)

    with pytest.raises(InvalidEntry, match="Say why"):
        services.ask_undo(imported.pk, services.UndoEntry(reason=" "), by=officer, expected=ANY_VERSION, at=NOW)
    with pytest.raises(RuleViolation, match="Nothing of this import"):
        services.ask_undo(imported.pk, services.UndoEntry(reason="x"), by=officer, expected=ANY_VERSION, at=NOW)

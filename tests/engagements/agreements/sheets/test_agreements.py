"""Agreements in rows: known ones stay, parties are found, asked about or new, and undo takes all of it back."""

import pytest

from engagements.agreements.models import Agreement
from sgoffice.directory.models import Organization
from tests.factories import appointments, directory
from tests.factories.accounts import staff
from tests.factories.agreements import in_force_since
from tests.factories.imports import checked, committed, report, undone

pytestmark = pytest.mark.django_db
ROWS = (
    "Intitulé de l'accord;Parties;Type d'accord;Date de signature;Entrée en vigueur;Dénoncé le;"
    "Numéro d'enregistrement\n"
    "Cooperation with customs;World Customs Organization;accord de coopération;novembre 1998;9 novembre 1998;;\n"
    "Privileges in Austria;Autriche;accord de siège;2001-04-26;2001-05-01;2010-05-01;UNTS 1\n"
    "Fisheries;Zqx Commission of Fisheries;mou;2015;;;\n"
    "Fisheries, second text;Zqx Commission of Fisheries;mou;2016-02-01;;;\n"
    "ARRANGEMENT on stolen vessels;World Customs Organization;;;;;UNTS 9\n"
    "Fisheries;Zqx Commission of Fisheries;;;;;\n"
    "Nobody's;;;2016-02-30;;;\n"
)


@pytest.fixture
def officer():
    return staff("officer").as_actor()


@pytest.fixture
def ours():
    made = directory.organization("International Criminal Police Organization")
    appointments.post()
    return made


@pytest.fixture
def known(ours):
    directory.country("AT", "Austria")
    directory.organization("World Customs Organization")
    return in_force_since(title="Arrangement on stolen vessels")


def test_rows_are_ready_known_doubled_or_wrong(officer, known):
    imported = checked(ROWS, by=officer)
    found = report(imported, by=officer)

    assert imported.kind == "agreement"
    assert found["counts"] == {"ready": 4, "known": 1, "problem": 2}
    assert [(one["row"], one["field"]) for one in found["problems"]] == [(7, "title"), (8, "signed"), (8, "parties")]
    assert found["differences"] == [
        {"row": 6, "record": str(known.pk), "field": "registration_number", "file": "UNTS 9", "register": ""}
    ]


def test_agreements_are_entered_once_with_their_parties_and_acts_and_undone(officer, ours, known):
    imported = committed(checked(ROWS, by=officer), by=officer, leave_out=True)

    made = {one.title: one for one in Agreement.objects.live().exclude(pk=known.pk)}
    parties = {
        title: [(one.side, str(one.organization or one.country_id)) for one in agreement.parties.all()]
        for title, agreement in made.items()
    }
    new, own = "Zqx Commission of Fisheries", ("ours", str(ours))
    assert parties == {
        "Cooperation with customs": [own, ("theirs", "World Customs Organization")],
        "Privileges in Austria": [own, ("theirs", "AT")],
        "Fisheries": [own, ("theirs", new)],
        "Fisheries, second text": [own, ("theirs", new)],
    }
    acts = [(one.kind, one.date) for one in made["Privileges in Austria"].acts.all()]
    assert acts == [("signature", "2001-04-26"), ("entry_into_force", "2001-05-01"), ("termination", "2010-05-01")]
    assert made["Fisheries"].instrument == "memorandum_of_understanding"

    assert report(checked(ROWS, by=officer), by=officer)["counts"].get("ready", 0) == 0
    undone(imported, by=officer)
    assert list(Agreement.objects.live()) == [known]
    assert not Organization.objects.get(name=new).is_live


def test_several_countries_in_a_cell_are_several_parties_and_a_city_is_asked_about(officer, ours):
    for code, name in (("NL", "Netherlands"), ("BE", "Belgium"), ("TT", "Trinidad and Tobago")):
        directory.country(code, name)
    rows = (
        "Titre;Parties;Signé le\nOne;Pays-Bas et Belgique;2015\nTwo;Trinidad and Tobago;2016\nThree;Vienna;2017\n"
        "Four;Belgium and Zqx Agency;2018\n"
    )
    imported = checked(rows, by=officer)

    choices = [[one["choice"] for one in row.values["parties"]] for row in imported.sheet_rows.order_by("number")]
    assert choices == [["country-NL", "country-BE"], ["country-TT"], [""], [""]]

"""The obvious is first, in every list, search and choice, over the shipped facts."""

import pytest

from sgoffice import documents
from sgoffice.directory.models import Organization
from sgoffice.directory.services import found_by_typing
from sgoffice.records.actors import OFFICE
from sgoffice.search import by_relevance, holding
from sgoffice.search.folding import fold, initials_of, words_of
from sgoffice.search.ranking import grade
from tests.factories.accounts import signed_in
from tests.samples import PROVES, some

#: Of more records of a kind than this the test command asks for every fourth.
FEW = 20
HEADING = " united nations | un | organisation des nations unies | =onu |"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("United Nations", 6),
        ("UN", 6),
        ("ONU", 5),
        ("unit", 4),
        ("nations", 3),
        ("nat un", 2),
        ("ation", 1),
        ("x y", 0),
    ],
)
def test_names_come_before_initials_beginnings_words_and_parts(typed, expected):
    assert grade(words_of(typed), HEADING).grade == expected


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Organisation du traité de l'Atlantique nord", "otan"),
        ("Organisation mondiale des douanes", "omd"),
        ("Office des Nations unies contre la drogue et le crime", "onudc"),
        ("Организация Объединённых Наций", "оон"),
        ("Europol", ""),
    ],
)
def test_initials_are_of_the_words_that_say_something(name, initials):
    assert initials_of(name) == initials


def _is_called(record, typed):
    return fold(typed) in {fold(name) for name in [*record.all_names(), getattr(record, "acronym", "")]}


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded_register")
class TestFacts:
    def test_every_acronym_and_every_name_of_the_data_is_first_in_choices(self):
        wrong = []
        for body in some(Organization.objects.exclude(acronym="").order_by("pk"), 4):
            same = set(Organization.objects.filter(acronym=body.acronym).values_list("pk", flat=True))
            [first, *_] = found_by_typing(body.acronym, by=OFFICE)
            wrong += [] if first.id in same else [(body.acronym, first.name)]
        for body in some(Organization.objects.order_by("pk"), 4, start=1):
            [first, *_] = found_by_typing(body.name, by=OFFICE)
            wrong += [] if first.name == body.name else [(body.name, first.name)]

        assert wrong == []

    @pytest.mark.parametrize("kind", ["person", "organization", "office", "topic", "body", "country"])
    def test_every_name_and_acronym_of_the_data_is_first_in_lists_and_in_the_admin(self, kind):
        model = documents.model_of(kind)
        rows, wrong, asked = model.objects.visible_to(OFFICE).live(), [], 0
        few_rows = some(rows.order_by("pk"), 4) if len(rows) > FEW else list(rows)
        for record in few_rows:
            # of a State with names in many languages a proof asks all, the test command five
            names = sorted(set(record.full_names()))
            few = names[:: 1 if PROVES else 1 + len(names) // 5]
            for typed in {*few, getattr(record, "acronym", "")} - {""}:
                found = by_relevance(holding(rows, typed, by=OFFICE), typed).order_by("-score", "pk").first()
                wrong += [] if found and _is_called(found, typed) else [(typed, found)]
                asked += 1

        assert wrong == []
        assert asked >= len(few_rows) > 0

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("ONU", "United Nations"),
            ("OMD", "World Customs Organization"),
            ("ONUDC", "United Nations Office on Drugs and Crime"),
            ("OIPC", "International Criminal Police Organization"),
            ("OTAN", "North Atlantic Treaty Organization"),
            ("AU", "African Union"),
            ("EU", "European Union"),
            ("United Nations", "United Nations"),
        ],
    )
    def test_one_answer_everywhere(self, typed, name):
        client = signed_in("administrator")

        search = client.get("/api/v1/search", {"q": typed, "order": "relevance"}).json()["results"]
        listed = client.get("/api/v1/organizations", {"q": typed, "limit": 3}).json()["results"]
        suggested = client.get("/api/v1/directory/search", {"q": typed}).json()["results"]

        assert search[0]["label"] == listed[0]["name"] == suggested[0]["name"] == name

    @pytest.mark.parametrize(
        ("typed", "name"),
        [("Karnr", "Gerhard Karner"), ("Urquisa", "Valdecy Urquiza"), ("Alraisi", "Ahmed Naser Al-Raisi"),
         ("Jurgen Stok", "Jürgen Stock"), ("Юрген Сток", "Jürgen Stock"), ("Yurgen Stock", "Jürgen Stock")],
    )  # fmt: skip
    def test_near_spellings_are_found_by_every_box(self, typed, name):
        client = signed_in("administrator")

        assert name in [one["name"] for one in client.get("/api/v1/people", {"q": typed}).json()["results"]]
        hits = client.get("/api/v1/search", {"q": typed}).json()["results"]
        assert (name, True) in [(one["label"], one["is_near"]) for one in hits]
        assert name in [one["name"] for one in client.get("/api/v1/directory/search", {"q": typed}).json()["results"]]

    def test_a_word_that_is_misspelt_finds_the_topic(self):
        hits = signed_in("viewer").get("/api/v1/search", {"q": "terorism"}).json()["results"]

        assert "Terrorism" in [one["label"] for one in hits]

    @pytest.mark.parametrize("typed", ["president interpol", "interpol secretary general"])
    def test_who_holds_an_office_is_found_by_it(self, typed):
        found = signed_in("viewer").get("/api/v1/directory/search", {"q": typed, "kind": "person"}).json()["results"]

        assert {"Jürgen Stock", "Ahmed Naser Al-Raisi"} & {one["name"] for one in found}

    def test_the_reason_is_true(self):
        def reasons(typed):
            return {one.name: one.reason for one in found_by_typing(typed, by=OFFICE)}

        assert reasons("UN")["United Nations"] == "has the acronym UN"
        assert reasons("ONU")["United Nations"] == "has the initials ONU (Organisation des Nations Unies)"
        assert reasons("United Nations")["United Nations"] == "has this name"
        assert reasons("INTERPOL")["International Criminal Police Organization"] == "is also called INTERPOL"
        assert reasons("arner")["Gerhard Karner"] == "its name holds these letters"
        assert "has this name" not in reasons("O.I.P.C.").values()

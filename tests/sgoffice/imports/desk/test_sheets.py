"""Spreadsheets on the desk: brought, mapped, answered, entered and undone, by forms alone."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements.models import Engagement
from sgoffice.directory.models import Person
from sgoffice.imports import queue
from sgoffice.imports.models import Import
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
HEADINGS = "Date;Avec qui;Ville;Pays;Type\n"
ROW = "14 mars 2016;Gerhard Karner, Minister, Austria;Vienne;Autriche;Réunion bilatérale\n"
_CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@pytest.fixture(autouse=True)
def austria():
    directory.country("AT", "Austria")


@pytest.fixture
def officer():
    return signed_in("officer")


def bring(client, text=ROW, **fields):
    """Paste rows, let the worker check them; return the address of their sheet."""
    answer = client.post("/desk/imports", {"text": HEADINGS + text, **fields})
    assert answer.status_code == 302, answer.content
    work()
    return answer["Location"]


def work():
    assert queue.work_once(lambda _: None) == []


def send(client, address, page, **fields):
    """Send a form of a sheet as it is shown."""
    shown = client.get(address)
    return client.post(f"{address}/{page}", {"version": str(shown.context["version"]), **fields})


def words(page):
    return " ".join(re.sub(r"<[^>]*>", " ", page.content.decode()).split())


def test_a_file_is_brought_entered_and_undone(officer):
    file = SimpleUploadedFile("entretiens.csv", (HEADINGS + ROW).encode("cp1252"), "text/csv")
    address = officer.post("/desk/imports", {"file": file})["Location"]

    assert "it waits for its turn" in words(officer.get(address))
    assert "HX-Refresh" not in officer.get(f"{address}/progress")
    work()
    assert officer.get(f"{address}/progress")["HX-Refresh"] == "true"
    assert "Can be entered 1" in words(officer.get(address))
    assert not Engagement.objects.exists()

    assert send(officer, address, "enter").status_code == 302
    work()
    [met] = Engagement.objects.all()
    assert f"/desk/engagements/{met.reference}" in officer.get(address).content.decode()

    refused = send(officer, address, "undo", reason=" ")
    assert (refused.status_code, Engagement.objects.live().count()) == (422, 1)
    assert send(officer, address, "undo", reason="It was the list of last year").status_code == 302
    work()
    assert not Engagement.objects.live().exists()
    assert "Undone 1" in words(officer.get(address))


def test_what_people_changed_since_is_kept_and_told(officer):
    address = bring(officer)
    send(officer, address, "enter")
    work()
    [met] = Engagement.objects.all()
    officer.correct(f"engagements/{met.pk}", {"outcome": "Agreed."}, **{"If-Match": '"1"'})

    send(officer, address, "undo", reason="The wrong list")
    work()

    assert "It is kept: somebody changed it since." in words(officer.get(address))
    assert Engagement.objects.live().exists()


def test_columns_are_mapped_and_kept_under_a_name(officer):
    text = "Stichtag;Wo;Gegenüber\n14 mars 2016;Wien;Gerhard Karner\n"
    address = officer.post("/desk/imports", {"text": text, "kind": "engagement"})["Location"]
    work()
    send(officer, address, "reading", heading_row="1", heading_depth="1")
    work()
    assert "Kind is needed: choose its column below" in words(officer.get(address))

    answer = send(
        officer, address, "columns",
        **{"column-A": "held", "column-B": "city", "column-C": "counterparts", "blank-kind": "Visit"}, save_as="Vienna",
    )  # fmt: skip
    work()

    assert answer.status_code == 302
    assert "Enter 1 row " in words(officer.get(address))
    again = officer.post("/desk/imports", {"text": text, "mapping": "Vienna"})["Location"]
    fields = [one["field"] for one in officer.get(again).context["mapping"]["columns"]]
    assert fields == ["held", "city", "counterparts"]
    assert "Vienna" in words(officer.get("/desk/imports"))
    assert "Vienna" not in words(signed_in("officer").get("/desk/imports"))


def test_two_columns_cannot_be_the_same_and_what_was_chosen_stays(officer):
    address = bring(officer)

    answer = send(officer, address, "columns", **{"column-A": "city", "column-D": "city", "blank-kind": "Visit"})

    assert answer.status_code == 422
    assert "Two columns cannot both be “City”" in words(answer)
    assert answer.context["mapping"]["columns"][3]["field"] == "city"
    assert 'value="Visit"' in answer.content.decode()


def test_near_names_and_doubles_are_answered_for_all_rows_at_once(officer):
    person = directory.person("Gerhard Karner")
    who = make.theirs(person=person, title="Minister", country="AT")
    make.engagement(
        title="Held before", held="2016-03-14", participants=(who,), city="Vienne", country="AT",
        kind="bilateral_meeting",
    )  # fmt: skip
    rows = "".join(ROW.replace("14", str(day)).replace("Gerhard", "Gerhart") for day in (14, 15))
    address = bring(officer, rows)
    page = officer.get(address)
    [question] = page.context["questions"]
    assert (page.context["open_questions"], question["count"]) == (1, 2)

    send(officer, address, "answers", **{f"answer:{question['key']}": f"person-{person.pk}"})
    work()
    page = officer.get(address)
    assert "Held before" in words(page)
    assert (page.context["ready"], page.context["wrong"]) == (1, 1)

    send(officer, address, "answers", **{"answer:duplicates": "skip"})
    work()
    page = officer.get(address)
    assert "Left out, as was chosen 1" in words(page)

    send(officer, address, "answers", **{"answer:duplicates": "", "answer:row-2": "another"})
    work()
    assert officer.get(address).context["ready"] == 2
    send(officer, address, "enter")
    work()
    assert Engagement.objects.live().count() == 3
    assert Person.objects.count() == 1


def test_a_sheet_is_read_differently(officer):
    address = bring(officer, "Anna;Berg;;;\n")

    answer = send(officer, address, "reading", kind="person", heading_row="1", heading_depth="1")
    work()

    assert answer.status_code == 302
    assert officer.get(address).context["kind"] == "People"
    for wrong in ({"heading_row": "99"}, {"heading_row": "x"}, {"separator": "nonsense"}, {"encoding": "nonsense"}, {}):
        assert send(officer, address, "reading", heading_depth="1", **wrong).status_code == 422, wrong


def test_what_cannot_be_read_is_refused_and_the_text_stays(officer):
    answers = [
        officer.post("/desk/imports", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")}),
        officer.post("/desk/imports", {"text": " "}),
        officer.post("/desk/imports", {"text": HEADINGS + ROW, "kind": "nonsense"}),
        officer.post("/desk/imports", {"text": HEADINGS + ROW, "records_marking": "public"}),
        officer.post("/desk/imports", {"text": HEADINGS + ROW, "mapping": "\u202e"}),
    ]

    assert {one.status_code for one in answers} == {422}
    assert ROW.strip() in answers[2].content.decode()
    assert not Import.objects.exists()


def test_the_sheet_is_there_for_its_author_and_approvers_alone(officer):
    address = bring(officer)

    for role, status in (("officer", 404), ("approver", 200), ("administrator", 404)):
        client = signed_in(role)
        assert client.get(address).status_code == status
        assert client.get(f"{address}/progress").status_code == status
        assert client.post(f"{address}/enter", {"version": "1"}).status_code in {status, 302, 422} - {200}
        assert (address in client.get("/desk/imports").content.decode()) == (status == 200)
    assert {signed_in(role).get(address).status_code for role in ("viewer", "auditor")} == {403}


def test_a_stale_page_and_a_hostile_form_change_nothing(officer):
    address = bring(officer)

    for page in ("answers", "columns", "reading", "enter", "undo"):
        for fields in (
            {"version": "77", "reason": "why", "heading_row": "2"}, {"version": "x"}, {},
            {"version": "2", "reason": "a\x00", "column-\x00": "held", "answer:\x00": "x", "blank-\x00": "\u202e"},
        ):  # fmt: skip
            answer = officer.post(f"{address}/{page}", fields)
            assert answer.status_code == 422 or (page == "enter" and fields.get("version") == "2"), (page, fields)
    for query in ("after=x", "after=99999999999", "names=-1", "rows=500000000"):
        assert officer.get(f"{address}?{query}").status_code == 200


def test_pages_speak_in_words_and_ask_little(officer):
    rows = "".join(ROW.replace("14", str(day)).replace("Karner", f"Karner{day}") for day in range(1, 29))
    address = bring(officer, rows + "nonsense;;;Narnia;Visite\n")
    send(officer, address, "enter")
    work()

    for one in (address, "/desk/imports"):
        with CaptureQueriesContext(connection) as asked:
            page = officer.get(one)
        assert len(asked) <= 12, [query["sql"][:120] for query in asked]
        assert [pattern.findall(words(page)) for pattern in (_CODE, _ID)] == [[], []], one
        assert len(page.content) < 100_000
        ids = re.findall(r'\sid="([^"]+)"', page.content.decode())
        assert len(ids) == len(set(ids))

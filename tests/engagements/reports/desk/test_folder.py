"""The folder of a visit or a meeting, to be printed."""

import sys

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_a_folder_has_programme_briefs_items_and_papers():
    directory.country("AT", "Austria")
    minister = directory.person("Gerhard Karner")
    who = make.theirs(person=minister, title="Minister of the Interior", country="AT")
    make.action_item(make.engagement(title="Earlier call", participants=(who,)), text="Send the draft")
    visit = make.planned(title="Visit to Austria", kind="visit")
    call = make.planned(title="Call on the Minister", participants=(who,), part_of=visit.pk)
    make.paper(call, text="Thank them for the draft.", kind="talking_points")
    officer = signed_in("officer")

    for record in (visit, call):
        page = officer.get(f"/desk/engagements/{record.reference}/folder")
        text = page.content.decode()
        for said in (
            "Call on the Minister",
            "Gerhard Karner, Minister of the Interior",
            "Send the draft",
            "Thank them",
        ):
            assert said in text, said
        assert "20 March 2026" in text
        assert page.context["marking"] == "Internal"
    assert officer.get("/desk/engagements/SG-2026-000000/folder").status_code == 404


def test_what_is_hidden_is_not_in_the_folder():
    officer = signed_in("officer")
    visit = make.planned(title="Visit to Austria", kind="visit")
    make.planned(title="Zqx", marking="restricted", readers=(str(officer.user.pk),), part_of=visit.pk)

    address = f"/desk/engagements/{visit.reference}/folder"

    assert "Zqx" in officer.get(address).content.decode()
    assert "Zqx" not in signed_in("officer").get(address).content.decode()


def test_guests_stand_in_the_order_of_precedence():
    directory.country("AT", "Austria")
    adviser, minister = directory.person("Anna Adviser"), directory.person("Mia Minister")
    titles = ((adviser, "Ambassador"), (minister, "Minister of the Interior"))
    who = tuple(make.theirs(person=person, title=title, country="AT") for person, title in titles)
    call = make.planned(title="Call", participants=who)

    page = signed_in("officer").get(f"/desk/engagements/{call.reference}/folder")
    [guests] = [entry["guests"] for day in page.context["programme"] for entry in day["entries"]]

    assert [one.partition(",")[0] for one in guests] == ["Mia Minister", "Anna Adviser"]


def test_names_of_states_are_in_the_language_of_the_page_and_those_of_people_as_they_are():
    directory.country("SA", "Saudi Arabia")
    namesake = directory.person("Saudi Arabia")
    who = make.theirs(person=namesake, title="Minister", country="SA")
    call, french = make.planned(title="Call", participants=(who,)), {"Accept-Language": "fr"}
    officer = signed_in("officer")

    folder = officer.get(f"/desk/engagements/{call.reference}/folder", headers=french)
    sheet = officer.get("/desk/counterparts/country/SA", headers=french)

    person = officer.get(f"/desk/counterparts/person/{namesake.pk}", headers=french)

    assert [one["name"] for one in folder.context["briefs"]] == ["Arabie saoudite"]
    assert "<h1>Arabie saoudite</h1>" in sheet.content.decode()
    assert "<h1>Saudi Arabia</h1>" in person.content.decode()


def test_without_what_a_pdf_needs_the_page_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    officer, visit = signed_in("officer"), make.planned(title="Visit to Austria", kind="visit")
    address = f"/desk/engagements/{visit.reference}/folder.pdf"

    page = officer.get(f"{address}?copies=2")

    assert page.status_code == 501
    assert "weasyprint 70 and the library Pango" in page.content.decode()
    assert "Visit to Austria" in page.content.decode()
    assert "Make the PDF" not in officer.get(address.removesuffix(".pdf")).content.decode()
    for wrong in ("0", "11", "x", "-1", "9" * 400, "\u202e"):
        assert officer.get(address, {"copies": wrong}).status_code == 422, wrong
    assert officer.get("/desk/engagements/SG-2026-000000/folder.pdf").status_code == 404

"""Search and palette on the desk: the one search, grouped, under the reader's rights."""

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
HOSTILE = ("\x00", "9" * 4000, "%", "a'b\"<", "\u202e")


@pytest.fixture
def officer():
    return signed_in("officer")


def test_what_is_found_is_grouped_and_leads_to_sheets(officer):
    person = directory.person("Gerhard Karner")
    met = make.engagement(title="Karner in Lyon")

    page = officer.get("/desk/search", {"q": "karner"})

    text = page.content.decode()
    assert {one["title"] for one in page.context["groups"]} == {"People", "Engagements"}
    assert f"/desk/counterparts/person/{person.pk}" in text
    assert f"/desk/engagements/{met.reference}" in text
    for form in ("xlsx", "csv", "zip"):
        file = officer.get(f"/api/v1/search?q=karner&format={form}")
        assert f'href="/api/v1/search?q=karner&amp;format={form}" download' in text
        assert (file.status_code, b"".join(file) != b"") == (200, True)
    assert "download" not in officer.get("/desk/search", {"q": "nobody at all"}).content.decode()


def test_a_name_typed_wrongly_is_found(officer):
    directory.person("Gerhard Karner")

    page, palette = (officer.get(f"/desk/{one}", {"q": "Gerhart Karnr"}) for one in ("search", "palette"))

    assert page.context["is_near"]
    assert "Gerhard Karner" in page.content.decode()
    assert "Gerhard Karner" in palette.content.decode()


def test_the_palette_offers_pages(officer):
    assert "/desk/log" in officer.get("/desk/palette", {"q": "log"}).content.decode()
    assert "/desk/log" not in signed_in("viewer").get("/desk/palette", {"q": "log"}).content.decode()


def test_lists_are_paged_and_hold_what_the_reader_may_see(officer):
    for number in range(52):
        make.engagement(title=f"Meeting {number}")
    make.engagement(title="Zqx", marking="restricted", readers=(str(officer.user.pk),))

    first, second = officer.get("/desk/search?kind=engagement"), officer.get("/desk/search?kind=engagement&page=2")

    assert (len(first.context["list"]), len(second.context["list"])) == (50, 3)
    assert len(signed_in("officer").get("/desk/search?kind=engagement&page=2").context["list"]) == 2
    for text in HOSTILE:
        for query in ({"q": text}, {"kind": text}, {"kind": "engagement", "page": text}):
            assert officer.get("/desk/search", query).status_code in {200, 400}
            assert officer.get("/desk/palette", query).status_code in {200, 400}

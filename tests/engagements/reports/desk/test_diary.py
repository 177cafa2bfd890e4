"""The diary by week and month: filters, clashes, dates without a day."""

from datetime import UTC, datetime

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    directory.country("AT", "Austria")
    return signed_in("officer")


def at(hour, **values):
    start = datetime(2026, 3, 18, hour, tzinfo=UTC)
    times = {"starts_at": start, "ends_at": start.replace(hour=hour + 1), "time_zone": "Europe/Paris", "held": None}
    return make.planned(**{**times, **values})


def titles(page):
    return [line["title"] for one in page.context["days"] for line in one["lines"]]


def test_a_week_has_its_meetings_and_marks_clashes(officer):
    principal = directory.person("Jürgen Stock")
    at(9, title="First", principal=principal.pk)
    at(9, title="Second", principal=principal.pk)
    at(11, title="Later", principal=principal.pk)
    make.planned(title="Sometime", held="2026-03", status="tentative")
    make.planned(title="Other week", held="2026-03-25")

    page = officer.get("/desk/diary?day=2026-03-20")

    assert titles(page) == ["First", "Second", "Later"]
    lines = page.context["days"][2]["lines"]
    assert [[other["title"] for other in one["clashes"]] for one in lines] == [["Second"], ["First"], []]
    assert [one["title"] for one in page.context["loose"]] == ["Sometime"]


def test_a_month_is_narrowed_by_principal_country_and_status(officer):
    stock, urquiza = directory.person("Jürgen Stock"), directory.person("Valdecy Urquiza")
    at(9, title="In Vienna", principal=stock.pk, country="AT", city="Vienna")
    at(10, title="Elsewhere", principal=urquiza.pk)
    make.planned(title="Called off", status="cancelled", held="2026-03-02")
    month = "/desk/diary?view=month&day=2026-03-20"

    page = officer.get(month)

    assert sum(len(day["lines"]) for week in page.context["weeks"] for day in week) == 2
    assert page.context["principals"] == ["Jürgen Stock", "Valdecy Urquiza"]
    assert titles(officer.get(f"{month}&principal=Valdecy+Urquiza")) == ["Elsewhere"]
    assert titles(officer.get(f"{month}&country=Österreich")) == ["In Vienna"]
    assert titles(officer.get(f"{month}&status=cancelled")) == ["Called off"]
    assert officer.get(f"{month}&country=Atlantis").context["error"]


@pytest.mark.parametrize("text", ["\x00", "0001-01-01", "9999-12-31", "9" * 5000, "1000-01-01", "9990-12-31"])
def test_nothing_that_is_asked_breaks_it(officer, text):
    for name in ("day", "view", "principal", "country", "status"):
        for view in ("week", "month"):
            assert officer.get("/desk/diary", {"view": view, name: text}).status_code in {200, 400}


def test_what_is_hidden_is_not_in_it(officer):
    make.planned(title="Zqx", held="2026-03-18", marking="restricted", readers=(str(officer.user.pk),))

    assert titles(officer.get("/desk/diary?day=2026-03-18")) == ["Zqx"]
    assert titles(signed_in("officer").get("/desk/diary?day=2026-03-18")) == []

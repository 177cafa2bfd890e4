"""The diary by week and month: filters, clashes, dates without a day."""

from datetime import UTC, datetime

import pytest

from sgoffice.records.models import HistoryEntry
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

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


def test_a_meeting_ahead_is_dragged_to_another_day_by_who_may_write(officer):
    planned = make.planned(title="Talks", held="2026-03-18/2026-03-19")
    make.engagement(title="Held", held="2026-03-01")
    month = "/desk/diary?view=month&day=2026-03-20"

    shown = officer.get(month).content.decode()
    read = signed_in("viewer").get(month).content.decode()

    move = f"/desk/engagements/{planned.reference}/correct"
    assert shown.count("data-move=") == 2  # on both of its days, and nothing that was held
    assert f'data-move="{move}"' in shown
    assert 'data-day="2026-03-31"' in shown
    assert ("data-move=" in read, "diary.js" in read) == (False, False)
    page = officer.get(f"{move}?from=2026-03-19&to=2026-04-01")
    values = {one["id"]: one["value"] for one in page.context["fields"]}
    assert (values["day"], page.context["focus"]) == ("31 March \N{EN DASH} 1 April 2026", "reason")


@pytest.mark.parametrize("query", ["?from=2026-03-19", "?from=x&to=y", "?from=2026-03-18&to=9999-12-31", ""])
def test_a_drag_that_is_none_shows_what_is_recorded(officer, query):
    planned = make.planned(title="Talks", held="2026-03-18/2026-03-19")

    page = officer.get(f"/desk/engagements/{planned.reference}/correct{query}")

    values = {one["id"]: one["value"] for one in page.context["fields"]}
    assert (values["day"], page.context["focus"]) == ("18\N{EN DASH}19 March 2026", "title")


def test_what_was_dragged_is_moved_with_its_reason(officer):
    planned = at(9, title="Talks")
    address = f"/desk/engagements/{planned.reference}/correct?from=2026-03-18&to=2026-03-20"

    done = officer.post(address, sent_by(officer.get(address), reason="The minister travels."))

    planned.refresh_from_db()
    assert (done.status_code, planned.held) == (302, "2026-03-20")
    assert planned.starts_at == datetime(2026, 3, 20, 9, tzinfo=UTC)
    assert HistoryEntry.objects.filter(record_id=planned.pk).order_by("-pk")[0].reason == "The minister travels."

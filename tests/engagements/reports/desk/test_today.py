"""Today and the sheet of a counterpart: what there is to do, under the reader's own rights."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.engagements import action_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def test_today_has_the_week_what_is_to_be_answered_and_what_is_promised(officer):
    now = timezone.now()
    today = now.date()
    make.engagement(title="Meeting of this week", status="confirmed", held=today.isoformat())
    make.engagement(title="Called off", status="cancelled", held=today.isoformat())
    make.engagement(title="Yesterday's call", status="confirmed", held=(today - timedelta(days=3)).isoformat())
    met = make.engagement(title="Where it was promised")
    action_item(met, text="Theirs", owed_by="theirs")
    action_item(met, text="Long overdue", due_on=today - timedelta(days=9))
    action_item(met, text="My own", owner=make.services.OwnerEntry(user=officer.user.pk))

    page = officer.get("/desk/")

    text = page.content.decode()
    assert [one["title"] for _, lines in page.context["days"] for one in lines if one["title"] == "Called off"] == []
    assert "Meeting of this week" in text
    assert [one["title"] for one in page.context["asked"]] == ["Yesterday&#x27;s call".replace("&#x27;", "'")]
    ours, theirs = page.context["promises"]
    assert [one["text"] for one in ours["lines"]] == ["My own", "Long overdue"]
    assert (ours["overdue"], [one["text"] for one in theirs["lines"]]) == (1, ["Theirs"])
    assert page.context["approvals"] is None
    assert signed_in("approver").get("/desk/").context["approvals"]["count"] == 0


def test_another_week_and_an_invalid_one(officer):
    make.engagement(title="Held in May", held="2024-05-15")

    may = officer.get("/desk/?week=2024-05-17")

    assert [str(day) for day, _ in may.context["days"]] == ["2024-05-15"]
    assert officer.get("/desk/?week=never").context["week"]["is_this"]


def test_a_page_asks_as_many_questions_for_many_as_for_few(officer, django_assert_max_num_queries):
    today = timezone.now().date()
    for number in range(4):
        met = make.engagement(title=f"Meeting {number}", status="confirmed", held=today.isoformat())
        action_item(met, text=f"Item {number}")

    with django_assert_max_num_queries(12):
        officer.get("/desk/")


def test_the_sheet_of_a_counterpart_tells_what_the_reader_may_know(officer):
    minister = directory.person("Gerhard Karner")
    directory.country("AT", "Austria")
    make.engagement(title="Courtesy call", participants=(make.theirs(person=minister, title="Minister", country="AT"),))
    make.engagement(
        title="Zqx", held="2024-06-01", marking="restricted", participants=(make.theirs(person=minister, country="AT"),)
    )

    pages = [officer.get(f"/desk/counterparts/{key}") for key in (f"person/{minister.pk}", "country/AT")]

    assert [page.status_code for page in pages] == [200, 200]
    for page in pages:
        text = page.content.decode()
        assert "Courtesy call" in text
        assert "15 May 2024" in text
        assert "Zqx" not in text
        assert [one["title"] for one in page.context["drawings"][0]["bars"]] == ["Met 15 May 2024"]
    assert officer.get("/desk/counterparts/agreement/AT").status_code == 404
    assert officer.get(f"/desk/counterparts/person/{directory.topic().pk}").status_code == 404

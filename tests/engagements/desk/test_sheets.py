"""The sheet of an engagement, and what is answered on it."""

import pytest

from engagements.models import Engagement
from sgoffice.records.models import TraceItem
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def sheet(record):
    return f"/desk/engagements/{record.reference}"


def test_a_sheet_shows_names_words_and_what_belongs_to_it(officer):
    directory.country("SG", "Singapore")
    who = make.theirs(person=directory.person("Josephine Teo"), title="Minister", country="SG")
    visit = make.planned(title="Visit to Singapore", kind="visit")
    record = make.planned(title="Call on the Minister", participants=(who,), part_of=visit.pk, city="Singapore")

    page, other = officer.get(sheet(record)).content.decode(), officer.get(sheet(visit)).content.decode()

    for text in (
        "Call on the Minister",
        "Confirmed",
        "Josephine Teo",
        "Minister",
        "20 March 2026",
        "Visit to Singapore",
    ):
        assert text in page
    assert "Call on the Minister" in other
    assert "bilateral_meeting" not in page


@pytest.mark.parametrize(
    ("step", "status"), [("hold", "held"), ("not-held", "not_held"), ("postpone", "postponed"), ("cancel", "cancelled")]
)
def test_a_step_is_one_press(officer, step, status):
    record = make.planned(held="2026-03-01")
    data = {"step": step, "version": "1"}

    answer = officer.post(f"{sheet(record)}/answer", data)

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert Engagement.objects.get(pk=record.pk).status == status
    assert record.title in officer.get("/desk/").content.decode()


def test_what_is_refused_stands_on_the_sheet_with_what_was_typed(officer):
    record = make.planned(held="2999-03-01")

    answer = officer.post(f"{sheet(record)}/answer", {"step": "hold", "version": "1", "outcome": "Five points"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This was not recorded" in page
    assert "Five points" in page
    assert officer.post(f"{sheet(record)}/answer", {"step": "dance", "version": "x"}).status_code == 422
    assert officer.post(f"{sheet(record)}/answer", {"step": "cancel", "version": "99"}).status_code == 422
    assert Engagement.objects.get(pk=record.pk).status == "confirmed"


def test_steps_on_a_sheet_are_those_that_its_status_allows(officer):
    record = make.planned()

    page = officer.get(sheet(record))

    assert [one["name"] for one in page.context["steps"]] == ["hold", "not-held", "postpone", "cancel"]
    assert signed_in("viewer").get(sheet(record)).context["steps"] == []
    assert signed_in("viewer").post(f"{sheet(record)}/answer", sent_by(page)).status_code == 403


def test_who_may_not_see_it_finds_nothing_and_a_reader_leaves_a_trace(officer):
    record = make.engagement(title="Zqx", marking="restricted", readers=(str(officer.user.pk),))
    other = signed_in("officer")

    hidden, unknown = other.get(sheet(record)), other.get("/desk/engagements/SG-2026-000000")
    page = officer.get(sheet(record))

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert TraceItem.objects.filter(act="read", door="desk", entries__contains=[record.pk]).count() == 1


@pytest.mark.parametrize(
    ("basis", "language", "told"),
    [
        ("report", "en", "20 March 2024 or before"),
        ("inferred", "en", "20 March 2024 (inferred)"),
        ("report", "fr", "20 mars 2024 ou avant"),
    ],
)
def test_a_day_is_said_as_surely_as_it_is_known(officer, basis, language, told):
    known = directory.person("Josephine Teo")
    who = make.theirs(person=known, title="Minister")
    record = make.engagement(status="held", held="2024-03-20", date_basis=basis, participants=(who,))

    for address in (sheet(record), f"/desk/counterparts/person/{known.pk}"):
        assert told in officer.get(address, headers={"Accept-Language": language}).content.decode()


def test_a_meeting_that_lies_ahead_offers_no_answer_to_whether_it_was_held(officer):
    ahead = make.planned(title="Call", held="2099-03-20")

    page = officer.get(sheet(ahead))
    refused = officer.post(f"{sheet(ahead)}/answer", {"step": "hold", "version": "1"})

    assert [one["name"] for one in page.context["steps"]] == ["postpone", "cancel"]
    assert "before its day or time is over" in refused.content.decode()
    admin = signed_in("administrator").get(f"/admin/engagements/engagement/{ahead.pk}/change/")
    labels = [one["label"] for one in admin.context["register_steps"]]
    assert "Cancel" in labels
    assert not {"Was held", "Was not held"} & set(labels)

"""Correct an engagement on the desk, and add to it."""

import pytest

from engagements.models import ActionItem, Engagement
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    directory.country("JP", "Japan")
    directory.country("AT", "Austria")
    return signed_in("officer")


@pytest.fixture
def record():
    start = make.NOW.replace(hour=7)
    return make.engagement(
        title="Call", status="held", starts_at=start, ends_at=start.replace(hour=8), time_zone="Asia/Tokyo",
        city="Tokyo", country="JP", participants=(make.theirs(person=directory.person("Keiko Abe"), title="Director"),),
    )  # fmt: skip


def form(officer, record):
    return sent_by(officer.get(f"/desk/engagements/{record.reference}/correct"))


def correct(officer, record, **given):
    return officer.post(f"/desk/engagements/{record.reference}/correct", form(officer, record) | given)


def test_an_untouched_form_changes_nothing(officer, record):
    before = officer.see(f"engagements/{record.pk}").json()

    assert correct(officer, record).status_code == 302
    assert officer.see(f"engagements/{record.pk}").json() == before


def test_only_what_was_changed_is_corrected_on_the_clocks_of_the_place(officer, record):
    answer = correct(officer, record, start="17:00", end="18:00", outcome="They will join.", reason="From the minutes")

    assert answer.status_code == 302
    told = officer.see(f"engagements/{record.pk}").json()
    assert (told["starts_at"][11:], told["ends_at"][11:]) == ("17:00:00+09:00", "18:00:00+09:00")
    assert (told["outcome"], told["title"], told["city"]) == ("They will join.", "Call", "Tokyo")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"day": "someday"}, "day"),
        ({"day": "1 January 0001"}, "day"),
        ({"end": "9"}, "end"),
        ({"country": "Atlantis"}, "country"),
        ({"kind": "dance"}, "kind"),
        ({"outcome": "a\x00b"}, "outcome"),
    ],
)
def test_what_is_refused_stands_at_its_field_with_all_that_was_typed(officer, record, given, field):
    answer = correct(officer, record, venue="Kantei", **given)

    assert answer.status_code == 422
    assert field in [name for name, _, _ in answer.context["wrong"]], answer.context["wrong"]
    assert 'value="Kantei"' in answer.content.decode()
    assert Engagement.objects.get(pk=record.pk).venue == ""


def test_a_stale_form_is_refused_and_a_viewer_has_none(officer, record):
    stale = form(officer, record)
    assert correct(officer, record, venue="Kantei").status_code == 302

    answer = officer.post(f"/desk/engagements/{record.reference}/correct", stale | {"venue": "Elsewhere"})

    assert answer.status_code == 422
    assert signed_in("viewer").get(f"/desk/engagements/{record.reference}/correct").status_code == 403


def test_a_counterpart_is_added_and_the_others_stay(officer, record):
    directory.person("Gerhard Karner")
    sheet = f"/desk/engagements/{record.reference}"
    version = officer.get(sheet).context["version"]

    refused = officer.post(f"{sheet}/counterparts", {"who-0": "Gerhart Karner", "version": version})
    assert refused.status_code == 422
    assert "Choose one below" in refused.content.decode()
    given = {"who-0": "Gerhard Karner, Minister of the Interior, Austria", "version": version}
    assert officer.post(f"{sheet}/counterparts", given).status_code == 302

    told = officer.see(f"engagements/{record.pk}").json()["participants"]
    assert [(one["person"]["name"], one["capacities"][0]["title"]) for one in told] == [
        ("Keiko Abe", "Director"),
        ("Gerhard Karner", "Minister of the Interior"),
    ]
    assert officer.post(f"{sheet}/counterparts", {"who-0": "", "version": "1"}).status_code == 422


def test_a_promise_is_added_on_the_sheet(officer, record):
    sheet = f"/desk/engagements/{record.reference}"
    given = {"promise-0": "Send the draft", "promise-0-by": "ours", "promise-0-due": "someday", "promise-0-mine": "1"}

    refused = officer.post(f"{sheet}/promises", given)
    added = officer.post(f"{sheet}/promises", given | {"promise-0-due": "15 December 2026"})

    assert refused.status_code == 422
    assert "Send the draft" in refused.content.decode()
    assert added.status_code == 302
    item = ActionItem.objects.get()
    assert (str(item.due_on), item.owner_user_id) == ("2026-12-15", officer.user.pk)
    assert officer.post(f"{sheet}/promises", {"promise-0": "", "promise-0-by": "ours"}).status_code == 422
    assert signed_in("viewer").post(f"{sheet}/promises", given).status_code == 403

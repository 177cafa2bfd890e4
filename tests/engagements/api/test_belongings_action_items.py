"""Action items of engagements, mandates and agreements over HTTP: entered, found, planned with and led to."""

import pytest

from engagements.agreements.models import Agreement
from engagements.models import ActionItem
from sgoffice.changes import merge_previews, merging
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from tests.factories import agreements as agreed
from tests.factories import appointments as decided
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


@pytest.fixture
def customs():
    directory.country("BE", "Belgium")
    return directory.organization("World Customs Organization")


def with_them(body, **values):
    return agreed.in_force_since(parties=agreed.parties(theirs=body), **values)


def merge(survivor, other):
    door = {"by": OFFICE, "expected": ANY_VERSION, "reason": "They are one"}
    return merging.merge(type(survivor), survivor.pk, other=other.pk, **door)


def found(client, query):
    answer = client.see(f"action-items?{query}")
    assert answer.status_code == 200, answer.content
    return {one["id"] for one in answer.json()["results"]}


def ids(*items):
    return {str(item.pk) for item in items}


@pytest.mark.parametrize("kind", ["engagement", "mandate", "agreement"])
def test_an_item_is_entered_with_what_it_is_about_and_shows_it(officer, kind):
    about = {"engagement": make.engagement, "mandate": decided.mandate, "agreement": agreed.in_force_since}[kind]()

    made = officer.enter("action-items", {kind: str(about.pk), "text": "Report"})

    assert made.status_code == 201, made.content
    shown = {name: made.json()[name] for name in ("engagement", "mandate", "agreement")}
    assert shown == {"engagement": None, "mandate": None, "agreement": None, kind: str(about.pk)}
    assert officer.see(f"action-items/{made.json()['id']}").json()["reference"] == made.json()["reference"]
    assert found(officer, f"{kind}={about.pk}") == {made.json()["id"]}


def test_one_and_only_one_is_named(officer):
    met, agreement = make.engagement(), agreed.in_force_since()

    none = officer.enter("action-items", {"text": "Report"})
    both = officer.enter(
        "action-items", {"text": "Report", "engagement": str(met.pk), "agreement": str(agreement.pk), "mandate": None}
    )

    assert (none.status_code, both.status_code) == (400, 400)
    assert [error["pointer"] for error in none.json()["errors"]] == ["/engagement"]
    assert [error["pointer"] for error in both.json()["errors"]] == ["/engagement", "/agreement"]
    assert ActionItem.objects.count() == 0


def test_filters_find_items_by_what_they_are_about_and_by_its_counterpart(officer, customs):
    ministry = directory.organization("Ministry", country="BE", classification="ministry")
    bureau = directory.organization("NCB Brussels", country="BE", classification="national_central_bureau")
    met = make.action_item(make.engagement(participants=(make.theirs(organization=customs),)))
    under = make.action_item(with_them(customs))
    bound = make.action_item(with_them(bureau))
    asked, ordered = make.action_item(decided.mandate(customs)), make.action_item(decided.mandate(ministry))
    make.action_item(decided.mandate())
    make.action_item(agreed.in_force_since())

    assert found(officer, f"organization={customs.pk}") == ids(met, under, asked)
    assert found(officer, "country=BE") == ids(bound, ordered)
    assert found(officer, f"agreement={under.about.pk}&organization={customs.pk}") == ids(under)
    assert found(officer, f"mandate={asked.about.pk}&is_open=true") == ids(asked)


def test_open_items_of_agreements_and_mandates_are_shown_when_the_next_meeting_is_planned(officer, customs):
    under, asked = make.action_item(with_them(customs)), make.action_item(decided.mandate(customs))
    hidden = make.action_item(with_them(customs, marking="restricted"))
    lost = make.action_item(with_them(customs))
    enter_in_error(Agreement, lost.agreement_id, by=OFFICE, expected=ANY_VERSION, reason="Never was")
    make.action_item(agreed.in_force_since())
    who = {"group": {"description": "officials"}, "capacities": [{"organization": str(customs.pk)}]}
    body = {
        "title": "Next", "kind": "bilateral_meeting", "status": "tentative", "held": "2099-05-15",
        "participants": [who], "items": [str(asked.pk)],
    }  # fmt: skip

    planned = officer.enter("engagements", body)
    listed = officer.see(f"engagements/{planned.json()['id']}/open-items").json()

    [warning] = [one for one in planned.json()["warnings"] if one["rule"] == "open-action-items"]
    assert under.reference in warning["detail"]
    assert all(item.reference not in warning["detail"] for item in (asked, hidden, lost))
    assert {one["id"] for one in listed["results"]} == ids(under, asked)
    assert listed["on_list"] == [str(asked.pk)]


def test_items_of_a_merged_agreement_follow_the_survivor(officer, customs):
    survivor, other = with_them(customs), agreed.in_force_since()
    item = make.action_item(other)
    told = merge_previews.preview_merge(type(survivor), survivor.pk, other=other.pk, by=OFFICE)
    before = found(officer, f"organization={customs.pk}")

    merge(survivor, other)

    assert (told.references, before) == ({"action_item": 1}, set())
    assert found(officer, f"agreement={survivor.pk}") == found(officer, f"agreement={other.pk}") == ids(item)
    meeting = make.planned(participants=(make.theirs(organization=customs),))
    listed = officer.see(f"engagements/{meeting.pk}/open-items").json()
    assert [one["id"] for one in listed["results"]] == [str(item.pk)]
    refused = officer.enter("action-items", {"agreement": str(other.pk), "text": "Report"})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/agreement"]

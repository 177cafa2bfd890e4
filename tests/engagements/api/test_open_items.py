"""What is owed with the counterparts of a meeting, when the next one is planned: told in the answer, and listed."""

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


@pytest.fixture
def minister():
    directory.country("SG", "Singapore")
    return directory.person("Josephine Teo")


@pytest.fixture
def items(minister):
    """Two promises from a meeting with her, one from a meeting with her country, one with somebody else."""
    with_her = make.engagement(participants=(make.theirs(person=minister, title="Minister", country="SG"),))
    country = make.engagement(held="2024-06-01", participants=(make.group("officials", country="SG"),))
    other = make.engagement(participants=(make.theirs(),))
    return [make.action_item(of) for of in (with_her, with_her, country, other)]


def next_meeting(minister, **values):
    who = {"person": str(minister.pk), "title": "Minister", "country": "SG"}
    return {
        "title": "Next", "kind": "bilateral_meeting", "status": "tentative", "held": "2099-05-15",
        "participants": [who], **values,
    }  # fmt: skip


def warned(answer):
    return [one for one in answer.json()["warnings"] if one["rule"] == "open-action-items"]


@pytest.mark.parametrize("status", ["requested", "tentative", "confirmed"])
def test_the_answer_to_a_plan_names_what_is_open_with_its_counterparts(officer, minister, items, status):
    planned = officer.enter("engagements", next_meeting(minister, status=status, items=[str(items[0].pk)]))

    assert planned.status_code == 201, planned.content
    (warning,) = warned(planned)
    assert items[1].reference in warning["detail"]
    assert items[2].reference in warning["detail"]
    assert items[0].reference not in warning["detail"]
    assert items[3].reference not in warning["detail"]


def test_what_is_cancelled_or_has_nothing_open_is_not_warned_of(officer, minister):
    assert warned(officer.enter("engagements", next_meeting(minister))) == []
    assert warned(officer.enter("engagements", next_meeting(minister, status="cancelled", allow_duplicate=True))) == []


def test_the_open_items_of_a_meeting_are_listed_with_those_on_its_list(officer, minister, items):
    planned = officer.enter("engagements", next_meeting(minister, items=[str(items[2].pk)])).json()

    answer = officer.see(f"engagements/{planned['id']}/open-items")

    assert answer.status_code == 200
    assert [one["id"] for one in answer.json()["results"]] == [str(item.pk) for item in items[:3]]
    assert (answer.json()["count"], answer.json()["on_list"]) == (3, [str(items[2].pk)])
    assert (
        officer.see(f"engagements/{planned['id']}/open-items", **{"If-None-Match": answer["ETag"]}).status_code == 304
    )


def test_an_item_that_is_done_leaves_the_listing_and_the_etag_changes(officer, minister, items):
    planned = officer.enter("engagements", next_meeting(minister)).json()
    before = officer.see(f"engagements/{planned['id']}/open-items")

    done = officer.enter(
        f"action-items/{items[0].pk}/complete",
        {"completed_on": "2025-10-01", "evidence": ["Letter"]},
        **{"If-Match": '"1"'},
    )
    after = officer.see(f"engagements/{planned['id']}/open-items", **{"If-None-Match": before["ETag"]})

    assert done.status_code == 200
    assert (after.status_code, after.json()["count"]) == (200, 2)


def test_a_restricted_item_is_told_to_nobody_else_and_stands_in_no_warning(officer, minister):
    author = signed_in("officer")
    met = make.engagement(
        by=author.user.as_actor(), marking="restricted", participants=(make.theirs(person=minister, country="SG"),)
    )
    hidden = make.action_item(met, by=author.user.as_actor())
    planned = author.enter("engagements", next_meeting(minister))
    path = f"engagements/{planned.json()['id']}/open-items"

    assert hidden.reference not in planned.content.decode()
    assert [one["id"] for one in author.see(path).json()["results"]] == [str(hidden.pk)]
    assert officer.see(path).json() == {"results": [], "count": 0, "on_list": []}
    assert officer.see(f"engagements/{met.pk}/open-items").status_code == 404

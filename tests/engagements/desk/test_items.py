"""The sheet of an action item, and its steps."""

import pytest

from engagements.models import ActionItem
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def sheet(item):
    return f"/desk/items/{item.reference}"


def answer(officer, item, **given):
    return officer.post(f"{sheet(item)}/answer", {"version": officer.get(sheet(item)).context["version"], **given})


def test_an_item_is_carried_over_in_three_presses(officer):
    minister = directory.person("Gerhard Karner")
    old = make.engagement(title="Where it was promised", participants=(make.theirs(person=minister),))
    later = make.planned(title="The next call", participants=(make.theirs(person=minister),))
    make.planned(title="Something else", held="2026-03-19")
    item = make.action_item(old, text="Send the draft")

    page = officer.get(f"/desk/engagements/{old.reference}")
    assert sheet(item) in page.content.decode()
    page = officer.get(sheet(item))
    carry = next(one for one in page.context["steps"] if one["name"] == "carry-forward")
    assert carry["fields"][0]["asked"].choices[0][0] == str(later.pk)
    done = answer(officer, item, step="carry-forward", engagement=str(later.pk))

    new = ActionItem.objects.get(engagement=later.pk)
    assert (done.status_code, done["Location"]) == (302, sheet(new))
    text = officer.get(sheet(item)).content.decode()
    assert "Carried over to" in text
    assert "Where it was promised" in text


def test_an_item_is_done_moved_given_and_dropped(officer):
    item = make.action_item(make.engagement(), text="Send the draft")

    assert answer(officer, item, step="complete", completed_on="yesterday").status_code == 422
    assert answer(officer, item, step="reschedule", due_on="someday").status_code == 422
    assert answer(officer, item, step="drop").status_code == 422
    assert answer(officer, item, step="reschedule", due_on="15 December 2026").status_code == 302
    assert answer(officer, item, step="assign").status_code == 302
    assert officer.get(sheet(item)).context["line"]["owner"] == "you"
    assert answer(officer, item, step="complete", completed_on="yesterday", evidence="Letter").status_code == 302
    stored = ActionItem.objects.get(pk=item.pk)
    assert (stored.status, str(stored.due_on), stored.evidence) == ("done", "2026-12-15", ["Letter"])
    assert [one["name"] for one in officer.get(sheet(item)).context["steps"]] == ["reopen"]


def test_a_viewer_reads_and_who_may_not_see_it_finds_nothing(officer):
    secret = make.engagement(title="Zqx", marking="restricted", readers=(str(officer.user.pk),))
    item = make.action_item(secret, text="Send the draft", marking="restricted", readers=(str(officer.user.pk),))
    open_item = make.action_item(make.engagement())
    viewer = signed_in("viewer")

    assert officer.get(sheet(item)).status_code == 200
    assert viewer.get(sheet(item)).status_code == 404
    assert viewer.get(sheet(open_item)).context["steps"] == []
    assert viewer.post(f"{sheet(open_item)}/answer", {"step": "start", "version": "1"}).status_code == 403
    for text in ("\x00", "9" * 5000, "0001-01-01", "not-an-id"):
        for name in ("engagement", "due_on", "version", "step"):
            given = {"step": "carry-forward", "version": "1", name: text}
            assert officer.post(f"{sheet(item)}/answer", given).status_code < 500

"""Two reports of one event become one: both sources are kept, nothing promised is forgotten, nobody sees more."""

import pytest

from engagements.models import Engagement
from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Person
from sgoffice.documents import differences
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Source
from sgoffice.records.errors import RuleViolation
from tests.factories import approvals, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def merge(survivor, other):
    return merging.merge(
        type(survivor), survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One meeting"
    )


@pytest.fixture
def officer():
    return signed_in("officer")


@pytest.fixture
def minister():
    return directory.person("Josephine Teo")


def report(of, document, **values):
    source = Source(document=document, verification="secondary")
    participants = (make.theirs(person=of, title="Minister"),)
    return make.engagement(participants=participants, sources=(source,), allow_duplicate=True, **values)


def test_two_reports_of_one_meeting_are_one_and_keep_both_sources(officer, minister):
    ours, press = report(minister, "our log"), report(minister, "the press")

    merge(ours, press)

    found = officer.see(f"engagements?person={minister.pk}").json()["results"]
    assert [one["id"] for one in found] == [str(ours.pk)]
    assert found[0]["sources"][0]["document"] == "our log"
    assert found[0]["merged_from"][0]["reference"] == press.reference
    assert found[0]["merged_from"][0]["sources"][0]["document"] == "the press"
    assert list(differences()) == []


def test_what_was_promised_at_the_merged_report_is_still_owed(officer, minister):
    ours, press = report(minister, "our log"), report(minister, "the press")
    item = make.action_item(press, text="Send the draft")
    paper = make.paper(press, kind="readout", text="They agreed.")

    merge(ours, press)

    owed = officer.see(f"action-items?person={minister.pk}&is_open=true").json()["results"]
    assert [one["id"] for one in owed] == [str(item.pk)]
    for asked in (ours.pk, press.pk):
        assert [one["id"] for one in officer.see(f"papers?engagement={asked}").json()["results"]] == [str(paper.pk)]
    brief = officer.see(f"counterparts/person/{minister.pk}/brief?on=2024-06-01").json()
    assert [one["record"]["id"] for one in brief["last_contacts"]] == [str(ours.pk)]
    assert brief["last_contacts"][0]["readout"]["text"] == "They agreed."
    assert brief["action_items"]["ours"][0]["engagement"]["id"] == str(ours.pk)


def test_who_was_merged_counts_as_one_for_filters_text_duplicates_and_briefs(officer, minister):
    twin = directory.person("Josephine Teo Li Min")
    first = report(minister, "one", held="2024-05-15", city="Lyon")
    second = report(twin, "two", held="2024-06-15")

    merge(minister, twin)

    both = {str(first.pk), str(second.pk)}
    for question in (f"person={minister.pk}", f"person={twin.pk}", f"participant={twin.pk}", "q=li+min", "q=josephine"):
        assert {one["id"] for one in officer.see(f"engagements?{question}").json()["results"]} == both, question
    shown = officer.see(f"engagements/{second.pk}").json()["participants"][0]["person"]
    assert shown["id"] == str(minister.pk)
    again = officer.enter(
        "engagements",
        {
            "title": "Again", "kind": "bilateral_meeting", "status": "held", "held": "2024-05-15", "city": "Lyon",
            "participants": [{"person": str(twin.pk)}],
        },
    )  # fmt: skip
    assert (again.status_code, again.json()["type"].rsplit("/")[-1]) == (409, "possible-duplicates")


def test_a_restricted_report_is_not_merged_into_one_that_more_people_read(minister):
    ours, secret = report(minister, "our log"), report(minister, "secret", marking="restricted")

    with pytest.raises(RuleViolation, match="has more readers than that one"):
        merge(ours, secret)

    merge(secret, ours)
    assert Engagement.objects.get(pk=ours.pk).merged_into_id == secret.pk


def test_what_is_tied_together_is_two(minister):
    visit = report(minister, "visit", kind="visit")
    part = report(minister, "part", part_of=visit.pk)

    with pytest.raises(RuleViolation, match="The two are linked"):
        merge(visit, part)


def test_parts_of_a_merged_visit_are_in_the_programme_of_the_survivor(officer, minister):
    visit, twin = report(minister, "visit", kind="visit"), report(minister, "twin", kind="visit")
    part = report(minister, "part", part_of=twin.pk)

    merge(visit, twin)

    programme = officer.see(f"engagements/{visit.pk}/programme").json()
    ids = {entry["record"]["id"] for day in programme["days"] for entry in day["entries"]}
    assert str(part.pk) in ids


def test_the_admin_merges_and_unmerges(minister):
    chief, staff = approvals.member("approver"), signed_in("administrator")
    twin = directory.person("J. Teo")
    page = f"/admin/directory/person/{twin.pk}"
    body = {"version_seen": "1", "merged_into": str(minister.pk), "reason": "one"}

    steps = [one["url"] for one in staff.get(f"{page}/change/").context["register_more_steps"]]
    [url] = [one for one in steps if "/merge" in one]
    answer = staff.post(url, body)
    assert answer.status_code == 302, answer.context["form"].errors
    approvals.approve(approvals.pending(twin.pk), by=chief)
    assert Person.objects.get(pk=twin.pk).merged_into_id == minister.pk

    steps = [one["url"] for one in staff.get(f"{page}/change/").context["register_steps"]]
    [url] = [one for one in steps if "unmerge" in one]
    assert staff.post(url, {"version_seen": "2", "reason": "two"}).status_code == 302
    assert Person.objects.get(pk=twin.pk).merged_into_id is None

"""/engagements over HTTP: one call logs a meeting, steps, and what HTTP adds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def body(**values):
    return {"title": "Courtesy call", "kind": "courtesy_call", "status": "held", "held": "2024-05-15", **values}


def ahead(days=10):
    return (timezone.now() + timedelta(days=days)).date().isoformat()


def tagged(answer):
    return {"If-Match": answer.headers["ETag"]}


def meeting(minister, ministry, topic):
    capacities = [{"title": "Minister", "organization": str(ministry.pk), "country": "SG"}]
    return body(
        starts_at="2024-05-15T09:30:00+08:00",
        ends_at="2024-05-15T10:15:00+08:00",
        held="2024-05-15",
        time_zone="Asia/Singapore",
        country="SG",
        city="Singapore",
        topics=[str(topic.pk)],
        occasion={"name": "World Cities Summit", "series": "World Cities Summit", "number": 9, "dates": "2024-06"},
        participants=[
            {"person": str(minister.pk), "role": "principal", "attendance": "attended", "capacities": capacities},
            {"group": {"description": "officials", "count": 4}, "side": "ours"},
        ],
        papers=[{"kind": "readout", "text": "They met.", "language": "en"}],
        action_items=[
            {"text": "Send the draft", "owed_by": "ours", "owner": {"unit": "Legal"}, "due_on": "2024-06-01"}
        ],
    )


@pytest.fixture
def logged(officer):
    """What is answered when the whole meeting is logged by one call."""
    directory.country("SG", "Singapore")
    ministry = directory.organization("Ministry of Home Affairs", acronym="MHA")
    answer = officer.enter("engagements", meeting(directory.person(), ministry, directory.topic()))
    assert answer.status_code == 201, answer.content
    return answer


def test_one_post_logs_the_meeting_with_its_participants(logged):
    shown = logged.json()

    assert shown["reference"].startswith("SG-2024-")
    assert (shown["held"], shown["starts_at"]) == ("2024-05-15", "2024-05-15T09:30:00+08:00")
    assert shown["country"] == {"code": "SG", "name": "Singapore"}
    assert shown["topics"][0]["name"] == "Terrorism"
    assert shown["occasion"]["number"] == 9
    first, second = shown["participants"]
    assert first["person"]["name"] == "Josephine Teo"
    (capacity,) = first["capacities"]
    assert (capacity["title"], capacity["called"]) == ("Minister", "")
    assert (capacity["organization"]["acronym"], capacity["country"]["code"]) == ("MHA", "SG")
    assert (first["group"], second["group"]) == (None, {"description": "officials", "count": 4})


def test_the_same_post_logs_papers_and_action_items_and_tells_where_it_is(officer, logged):
    shown = logged.json()

    papers = officer.see(f"papers?engagement={shown['id']}").json()["results"]
    items = officer.see(f"action-items?engagement={shown['id']}").json()["results"]

    assert [paper["text"] for paper in papers] == ["They met."]
    assert [(item["owner"]["unit"], item["due_on"]) for item in items] == [("Legal", "2024-06-01")]
    assert logged.headers["Location"].endswith(f"/api/v1/engagements/{shown['id']}")
    assert officer.see(f"engagements/{shown['reference']}").json() == shown


@pytest.mark.parametrize(
    ("values", "pointer"),
    [
        ({"starts_at": "2016-03-27T02:30:00+01:00", "time_zone": "Europe/Paris"}, "/starts_at"),
        ({"starts_at": "2016-03-27T02:30:00"}, "/starts_at"),
        ({"held": "soon"}, "/held"),
        ({"status": "perhaps"}, "/status"),
        ({"colour": "red"}, "/colour"),
        ({"participants": [{"person": "me"}]}, "/participants/0/person"),
        ({"participants": [{"group": {"description": "staff", "count": "four"}}]}, "/participants/0/group/count"),
        ({"topics": [str(uuid4())]}, "/topics/0"),
        ({"papers": [{"kind": "poem"}]}, "/papers/0/kind"),
        ({"title": "a\u202eb"}, "/title"),
    ],
)
def test_what_means_nothing_is_400_at_its_pointer(officer, values, pointer):
    answer = officer.enter("engagements", body(**values))

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert pointer in [error["pointer"] for error in answer.json()["errors"]]


def test_the_refusal_of_a_gap_names_both_readings(officer):
    given = body(held=None, starts_at="2016-03-27T02:30:00+01:00", time_zone="Europe/Paris")

    detail = officer.enter("engagements", given).json()["detail"]

    assert "2016-03-27T01:30+01:00 or 2016-03-27T03:30+02:00" in detail


def test_a_rule_is_409_and_named(officer):
    answer = officer.enter("engagements", body(held="2999-01-01"))

    assert answer.status_code == 409
    assert (answer.json()["rule"], answer.json()["errors"][0]["pointer"]) == ("not-in-the-future", "/held")


def test_from_request_to_log_over_http(officer):
    asked = officer.enter("engagements", {"title": "Asked", "kind": "bilateral_meeting", "status": "requested"})
    path = f"engagements/{asked.json()['id']}"

    accepted = officer.enter(f"{path}/accept", {"held": ahead()[:7]}, **tagged(asked))
    early = officer.enter(f"{path}/confirm", {}, **tagged(accepted))
    confirmed = officer.enter(f"{path}/confirm", {"held": ahead()}, **tagged(accepted))
    held = officer.enter(f"{path}/hold", {"outcome": "Agreed"}, **tagged(confirmed))
    cancelled = officer.enter(f"{path}/cancel", {"reason": "No flight"}, **tagged(confirmed))

    assert [answer.status_code for answer in (asked, accepted, early, confirmed, held, cancelled)] == [
        201, 200, 409, 200, 409, 200,
    ]  # fmt: skip
    assert (early.json()["rule"], held.json()["rule"]) == ("day-needed", "not-in-the-future")
    assert (cancelled.json()["status"], cancelled.json()["status_reason"]) == ("cancelled", "No flight")
    assert officer.enter(f"{path}/confirm", {}, **tagged(cancelled)).status_code == 400
    assert officer.enter(f"{path}/confirm", {"reason": "Found one"}, **tagged(cancelled)).status_code == 200


def test_the_other_steps_have_addresses_too(officer):
    kept = make.engagement()
    planned, moved = make.planned(held=ahead()), make.planned(held=ahead())
    asked, handed = (make.engagement(status="requested") for _ in range(2))
    calls = [
        (kept, "not-held", {"reason": "The list was wrong"}, "not_held"),
        (planned, "postpone", {"to": str(moved.pk)}, "postponed"),
        (asked, "decline", {"reason": "No time"}, "declined"),
        (handed, "delegate", {"reason": "To the Executive Director"}, "delegated"),
    ]

    for record, step, given, status in calls:
        answer = officer.enter(f"engagements/{record.pk}/{step}", given, **{"If-Match": '"1"'})
        assert (answer.status_code, answer.json().get("status")) == (200, status), answer.content
    links = officer.see(f"engagements/{planned.pk}/links").json()["results"]
    assert [(link["relation"], link["record"]["id"]) for link in links] == [("postponed_to", str(moved.pk))]


def test_a_patch_needs_if_match_and_leaves_the_rest(officer):
    logged = officer.enter("engagements", body(summary="As it was"))
    path = f"engagements/{logged.json()['id']}"

    assert officer.correct(path, {"title": "Other"}).status_code == 428
    assert officer.correct(path, {"title": "Other"}, **{"If-Match": '"9"'}).status_code == 412
    answer = officer.correct(path, {"title": "Other"}, **tagged(logged))

    assert answer.status_code == 200
    assert (answer.json()["title"], answer.json()["summary"]) == ("Other", "As it was")
    assert officer.correct(path, {"status": "cancelled"}, **tagged(answer)).status_code == 400
    assert officer.correct(path, {"papers": []}, **tagged(answer)).status_code == 400


def test_papers_and_attachments_have_etags_of_their_own(officer):
    logged = make.engagement()
    made = officer.enter("papers", {"engagement": str(logged.pk), "kind": "speech", "text": "Friends,"})
    path = f"papers/{made.json()['id']}"

    changed = officer.correct(path, {"text": "Dear friends,"}, **tagged(made))

    assert (made.status_code, changed.status_code) == (201, 200)
    assert made.json()["engagement"] == str(logged.pk)
    assert officer.correct(path, {"text": "Stale"}, **tagged(made)).status_code == 412
    assert officer.correct(path, {"engagement": str(uuid4())}, **tagged(changed)).status_code == 400
    file = {"engagement": str(logged.pk), "title": "Photograph", "address": "archive 12", "sha256": "a" * 64}
    attached = officer.enter("attachments", file)
    assert attached.status_code == 201
    assert officer.see(f"attachments?sha256={'a' * 64}").json()["results"] == [attached.json()]
    assert officer.enter("attachments", {**file, "engagement": str(uuid4())}).status_code == 400
    assert officer.see("papers?kind=speech&language=en").json()["results"] == [changed.json()]


def test_an_action_item_goes_its_way_over_http(officer):
    first, second = make.engagement(), make.engagement(held="2024-10-01")
    user = officer.user
    item = officer.enter("action-items", {"engagement": str(first.pk), "text": "Send the draft"})
    path = f"action-items/{item.json()['id']}"

    assigned = officer.enter(f"{path}/assign", {"owner": {"user": str(user.pk)}}, **tagged(item))
    moved = officer.enter(f"{path}/reschedule", {"due_on": "2024-06-01"}, **tagged(assigned))
    started = officer.enter(f"{path}/start", {}, **tagged(moved))
    bare = officer.enter(f"{path}/complete", {"evidence": [], "completed_on": "2024-05-30"}, **tagged(started))
    carried = officer.enter(f"{path}/carry-forward", {"engagement": str(second.pk)}, **tagged(started))

    assert [answer.status_code for answer in (item, assigned, moved, started, bare, carried)] == [
        201, 200, 200, 200, 400, 200,
    ]  # fmt: skip
    assert assigned.json()["owner"]["user"] == str(user.pk)
    assert officer.see(path).json()["status"] == "carried_forward"
    new = f"action-items/{carried.json()['id']}"
    assert (carried.json()["engagement"], carried.json()["due_on"]) == (str(second.pk), "2024-06-01")
    evidence = {"evidence": ["Letter of 30 May"], "completed_on": "2024-05-30"}
    done = officer.enter(f"{new}/complete", evidence, **tagged(carried))
    assert (done.json()["status"], done.json()["evidence"]) == ("done", ["Letter of 30 May"])
    opened = officer.enter(f"{new}/reopen", {"reason": "It came back"}, **tagged(done))
    dropped = officer.enter(f"{new}/drop", {"reason": "Overtaken"}, **tagged(opened))
    assert (opened.json()["status"], dropped.json()["status"]) == ("open", "dropped")
    assert officer.correct(new, {"text": "Send it"}, **tagged(dropped)).json()["text"] == "Send it"


def test_a_viewer_reads_and_does_not_write():
    viewer, logged = signed_in("viewer"), make.engagement(marking="public")

    assert viewer.see(f"engagements/{logged.pk}").status_code == 200
    assert viewer.enter("engagements", body()).status_code == 403
    assert viewer.enter(f"engagements/{logged.pk}/not-held", {}, **{"If-Match": '"1"'}).status_code == 403
    assert viewer.enter("papers", {"engagement": str(logged.pk), "kind": "speech"}).status_code == 403


def test_a_restricted_engagement_and_what_belongs_to_it_are_not_there_for_others(officer):
    hidden = make.engagement(marking="restricted", title="Hidden")
    owned = {
        "papers": make.paper(hidden),
        "attachments": make.attachment(hidden),
        "action-items": make.action_item(hidden),
    }
    unknown = uuid4()

    for path in ("", "/links", "/history"):
        assert officer.see(f"engagements/{hidden.pk}{path}").status_code == 404
        assert officer.see(f"engagements/{unknown}{path}").status_code == 404
    for name, record in owned.items():
        assert officer.see(f"{name}/{record.pk}").status_code == 404
        assert officer.see(name).json()["results"] == []
    assert officer.see("engagements?q=hidden").json()["results"] == []
    reader = make.engagement(marking="restricted", readers=(str(officer.user.pk),))
    assert [one["id"] for one in officer.see("engagements").json()["results"]] == [str(reader.pk)]


def test_lists_take_the_same_queries_for_1_3_and_12_rows(officer):
    directory.country("SG", "Singapore")
    ministry = directory.organization("Ministry", country="SG", classification="ministry")
    paths = [
        "engagements",
        f"engagements?country=SG&organization={ministry.pk}&include=children&q=minister&from=2020",
        "papers",
        "attachments",
        "action-items?is_open=true",
    ]
    counts = {path: set() for path in paths}
    made = 0

    for total in (1, 3, 12):
        while made < total:
            logged = make.engagement(participants=(make.theirs(organization=ministry, title="Minister", country="SG"),))
            make.paper(logged)
            make.attachment(logged)
            make.action_item(logged)
            made += 1
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                answer = officer.see(path)
            assert len(answer.json()["results"]) == total, path
            counts[path].add(len(captured))

    assert {path: len(found) for path, found in counts.items()} == dict.fromkeys(paths, 1)


def test_one_engagement_takes_the_same_queries_for_1_and_12_participants(officer):
    counts = set()
    for total in (1, 3, 12):
        logged = make.engagement(participants=tuple(make.theirs(title="Officer") for _ in range(total)))
        with CaptureQueriesContext(connection) as captured:
            officer.see(f"engagements/{logged.pk}")
        counts.add(len(captured))

    assert len(counts) == 1

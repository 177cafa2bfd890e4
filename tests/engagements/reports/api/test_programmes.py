"""The programme of a visit over HTTP: hour by hour on local clocks, with whom, and what the reader may not see."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from engagements import services as log
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.services import Contact
from sgoffice.records.actors import OFFICE
from tests.factories import agreements as agreed
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
PUBLIC = {"marking": "public"}


@pytest.fixture
def visit():
    directory.country("SG", "Singapore")
    return make.planned(
        title="Visit to Singapore", kind="visit", held="2026-03-19/2026-03-21", city="Singapore", **PUBLIC
    )


def at(text):
    return datetime.fromisoformat(text)


def meeting(visit, starts, *, ends=None, zone="Asia/Singapore", **values):
    given = {"status": "confirmed", "starts_at": at(starts), "ends_at": ends and at(ends), "time_zone": zone}
    return make.engagement(part_of=visit.pk, **PUBLIC | given | values)


def programme(client, visit, **query):
    response = client.get(f"/api/v1/engagements/{visit.pk}/programme", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_entries_stand_hour_by_hour_on_the_clocks_of_the_place(viewer, visit):
    late = meeting(visit, "2026-03-20T16:30:00+08:00", ends="2026-03-20T17:15:00+08:00", venue="Istana")
    early = meeting(visit, "2026-03-20T01:00:00Z")
    abroad = meeting(visit, "2026-03-20T23:30:00-02:30", zone="America/St_Johns")
    all_day = make.planned(part_of=visit.pk, held="2026-03-20", **PUBLIC)
    month = make.engagement(part_of=visit.pk, status="tentative", held="2026-03", **PUBLIC)

    days = programme(viewer, visit)["days"]

    assert [day["day"] for day in days] == ["2026-03-20", None]
    shown = [(one["record"]["id"], one["begins"], one["ends"], one["utc_offset"]) for one in days[0]["entries"]]
    assert shown == [
        (str(all_day.pk), "", "", ""),
        (str(early.pk), "09:00", "", "+08:00"),
        (str(late.pk), "16:30", "17:15", "+08:00"),
        (str(abroad.pk), "23:30", "", "-02:30"),
    ]
    assert [one["record"]["id"] for one in days[1]["entries"]] == [str(month.pk)]


def test_an_entry_says_who_comes_and_how_they_are_reached(viewer, visit):
    holder = make.holder("Valdecy Urquiza", "2024-11-07", marking="public")
    number = Contact(type="telephone", value="+65 6000 0000", note="cabinet")
    minister = directory.person("Josephine Teo", contact_details=(number,))
    aide = directory.person("Chief of Staff")
    ours = log.ParticipantEntry(person=aide.pk, side="ours", role="note_taker")
    guests = (make.theirs(title="Director"), make.theirs(person=minister, country="SG", title="Minister"), ours)
    meeting(visit, "2026-03-20T09:00:00+08:00", participants=guests)

    [entry] = programme(viewer, visit)["days"][0]["entries"]

    assert [one["title"] for one in entry["guests"]] == ["Minister", "Director"]
    assert entry["guests"][0]["telephones"] == ["+65 6000 0000 (cabinet)"]
    assert [(one["name"], one["role"]) for one in entry["delegation"]] == [
        (holder.name, "principal"),
        ("Chief of Staff", "note_taker"),
    ]


def test_who_goes_in_the_principals_place_is_our_delegation(viewer, visit):
    make.holder("Valdecy Urquiza", "2024-11-07")
    deputy = directory.person("Deputy")
    meeting(visit, "2026-03-20T09:00:00+08:00", represented_by=deputy.pk, principal_mode="represented")

    [entry] = programme(viewer, visit)["days"][0]["entries"]

    assert [(one["name"], one["role"]) for one in entry["delegation"]] == [("Deputy", "head_of_delegation")]


def test_each_counterpart_comes_with_a_short_brief(viewer, visit):
    body = directory.organization("World Customs Organization")
    ministry = directory.organization("Ministry", country="SG", classification="ministry")
    before = make.engagement(
        held="2025-05-01",
        outcome="A focal point.",
        participants=(make.theirs(country="SG", title="Minister"),),
        **PUBLIC,
    )
    make.action_item(before, text="Send the draft")
    make.action_item(make.engagement(participants=(make.theirs(organization=body),), **PUBLIC), owed_by="theirs")
    agreed.in_force_since("2009-01-01", parties=agreed.parties(theirs=body), title="With customs", **PUBLIC)
    with_both = (make.theirs(organization=ministry, title="Minister"), make.theirs(organization=body, title="Director"))
    planned = meeting(visit, "2026-03-20T09:00:00+08:00", participants=with_both)
    meeting(visit, "2026-03-20T11:00:00+08:00", participants=(make.theirs(country="SG"),))

    shown = programme(viewer, visit)

    singapore, customs = shown["counterparts"]
    assert (singapore["counterpart"]["label"], customs["counterpart"]["label"]) == ("Singapore", body.name)
    assert singapore["last_contact"]["record"]["id"] == str(before.pk)
    assert singapore["last_contact"]["readout"]["text"] == "A focal point."
    assert len(singapore["last_contact"]["attendees"]) == 1
    assert [one["record"]["label"] for one in singapore["ours"]] == ["Send the draft"]
    assert (len(customs["theirs"]), customs["contacts_total"]) == (1, 1)
    assert [one["record"]["label"] for one in customs["agreements"]] == ["With customs"]
    first = shown["days"][0]["entries"][0]
    assert first["record"]["id"] == str(planned.pk)
    assert [one["label"] for one in first["counterparts"]] == ["Singapore", body.name]
    assert viewer.get(singapore["brief_url"]).status_code == 200


def test_the_short_brief_says_what_the_brief_says(viewer, visit):
    body = directory.organization("World Customs Organization")
    for day in ("2023-01-01", "2024-06-01", "2025-02-01"):
        logged = make.engagement(held=day, participants=(make.theirs(organization=body, title="Director"),), **PUBLIC)
        make.action_item(logged)
    agreed.in_force_since("2020-01-01", parties=agreed.parties(theirs=body), expires="2027-01-01", **PUBLIC)
    meeting(visit, "2026-03-20T09:00:00+08:00", participants=(make.theirs(organization=body),))

    [short] = programme(viewer, visit)["counterparts"]
    whole = viewer.get(f"{short['brief_url']}?on=2026-03-19").json()

    assert short["last_contact"] == whole["last_contacts"][0]
    assert short["contacts_total"] == whole["contacts_total"]
    assert short["ours"] == whole["action_items"]["ours"]
    assert short["agreements"] == whole["agreements"]
    assert short["nearest_deadline"] == whole["nearest_deadline"]


def test_each_counterpart_of_one_meeting_is_told_of_its_own_people(viewer, visit):
    bodies = [directory.organization(name) for name in ("Customs", "Police union")]
    guests = tuple(make.theirs(organization=body, title=f"Head of {body}") for body in bodies)
    make.engagement(held="2025-03", participants=guests, **PUBLIC)
    exact = make.engagement(held="2025-03-01", participants=guests, allow_duplicate=True, **PUBLIC)
    meeting(visit, "2026-03-20T09:00:00+08:00", participants=guests)

    shown = programme(viewer, visit)["counterparts"]

    assert [[one["title"] for one in brief["last_contact"]["attendees"]] for brief in shown] == [
        ["Head of Customs"],
        ["Head of Police union"],
    ]
    for brief in shown:
        whole = viewer.get(f"{brief['brief_url']}?on=2026-03-19").json()
        assert brief["last_contact"] == whole["last_contacts"][0]
        assert brief["last_contact"]["record"]["id"] == str(exact.pk)


def test_what_shall_be_raised_and_what_to_bring_stand_with_the_entry(viewer, visit):
    before = make.engagement(**PUBLIC)
    item = make.action_item(before, text="Ask again")
    planned = meeting(visit, "2026-03-20T09:00:00+08:00", items=(item.pk,))
    paper = make.paper(planned, kind="talking_points", title="What we want")
    file = make.attachment(planned, title="Map")
    folder = make.paper(visit, kind="programme", title="Folder")

    shown = programme(viewer, visit)

    [entry] = shown["days"][0]["entries"]
    assert [one["record"]["id"] for one in entry["items"]] == [str(item.pk)]
    assert [(one["record"]["id"], one["kind"]) for one in entry["documents"]] == [
        (str(paper.pk), "talking_points"),
        (str(file.pk), "attachment"),
    ]
    assert [one["record"]["id"] for one in shown["documents"]] == [str(folder.pk)]


def test_what_the_reader_may_not_see_is_absent(viewer, visit):
    secret = directory.organization("Secret service")
    hidden = meeting(
        visit,
        "2026-03-20T10:00:00+08:00",
        title="Hidden",
        marking="restricted",
        participants=(make.theirs(organization=secret),),
    )
    make.engagement(part_of=hidden.pk, title="Behind it", held="2026-03-20", status="confirmed", **PUBLIC)
    seen = meeting(visit, "2026-03-20T09:00:00+08:00")
    make.paper(seen, title="Hidden paper", marking="restricted")

    shown = programme(viewer, visit)
    page = viewer.get(f"/api/v1/engagements/{visit.pk}/programme?format=html").content.decode()

    assert [one["record"]["id"] for day in shown["days"] for one in day["entries"]] == [str(seen.pk)]
    for word in ("Hidden", "Secret", "Behind"):
        assert word not in str(shown)
        assert word not in page
    assert shown["marking"] == "public"
    approved = programme(signed_in("approver"), visit)
    assert approved["marking"] == "restricted"
    assert {one["record"]["label"] for one in approved["days"][0]["entries"]} >= {"Hidden", "Behind it"}


def test_a_visit_that_the_reader_may_not_see_is_404_and_a_merged_one_leads_on(viewer):
    hidden = make.planned(marking="restricted")

    assert viewer.see(f"engagements/{hidden.pk}/programme").status_code == 404
    assert viewer.see("engagements/SG-2026-ZZZZZZ/programme").status_code == 404


def test_a_single_meeting_is_its_own_programme_by_its_reference_too(viewer):
    planned = make.planned(title="Alone", **PUBLIC)

    shown = viewer.see(f"engagements/{planned.reference}/programme").json()

    assert [one["record"]["label"] for one in shown["days"][0]["entries"]] == ["Alone"]


def test_a_cancelled_entry_is_struck_out_and_hostile_words_stay_words(viewer, visit):
    words = "<script>alert(1)</script>{{ report.marking }}"
    entry = meeting(
        visit, "2026-03-20T09:00:00+08:00", title=words, venue=words, participants=(make.theirs(title=words),)
    )
    log.steps.cancel_engagement(entry.pk, log.StepEntry(reason="No time"), by=OFFICE, expected=ANY_VERSION, at=make.NOW)

    answer = viewer.see(f"engagements/{visit.pk}/programme", Accept="text/html")
    page = answer.content.decode()

    assert "<script" not in page
    assert 'class="off">&lt;script&gt;' in page
    assert (
        viewer.see(
            f"engagements/{visit.pk}/programme", Accept="text/html", **{"If-None-Match": answer["ETag"]}
        ).status_code
        == 304
    )


def test_a_programme_takes_the_same_queries_for_1_3_and_12_entries(viewer, visit):
    body = directory.organization("Government", country="SG", classification="government")
    person = directory.person("Josephine Teo")
    counts, made = set(), 0

    for total in (1, 3, 12):
        while made < total:
            other = directory.organization(f"Body {made}")
            guests = (
                make.theirs(organization=body, country="SG", title="Minister"),
                make.theirs(organization=other, title="Director"),
                log.ParticipantEntry(person=person.pk),
            )
            before = make.engagement(held="2025-01-01", participants=guests, allow_duplicate=True, **PUBLIC)
            item = make.action_item(before)
            agreed.in_force_since("2020-01-01", parties=agreed.parties(theirs=other), **PUBLIC)
            planned = meeting(
                visit,
                f"2026-03-20T{made % 24:02}:00:00+08:00",
                participants=guests,
                items=(item.pk,),
                allow_duplicate=True,
            )
            make.paper(planned)
            make.attachment(planned)
            made += 1
        with CaptureQueriesContext(connection) as captured:
            shown = programme(viewer, visit)
        assert len(shown["days"][0]["entries"]) == total
        assert len(shown["counterparts"]) == total + 2
        counts.add(len(captured))

    assert len(counts) == 1

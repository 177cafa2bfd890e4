"""The brief on a counterpart over HTTP: what is in it, for whom, in which form."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagements import services as log
from engagements.agreements import services as agreements
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services as office
from sgoffice.records.actors import OFFICE
from tests.factories import agreements as agreed
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
LIVE = {"marking": "public"}


@pytest.fixture
def singapore():
    return directory.country("SG", "Singapore")


def brief(client, path, **query):
    response = client.get(f"/api/v1/counterparts/{path}/brief", query)
    assert response.status_code == 200, response.content
    return response.json()


def of_singapore(**values):
    return make.engagement(participants=(make.theirs(country="SG", title="Minister"),), **LIVE | values)


def test_only_what_was_held_is_a_contact(viewer, singapore):
    held = of_singapore(held="2024-05-15")
    yesterday, ahead = timezone.localdate() - timedelta(days=3), timezone.localdate() + timedelta(days=9)
    past = of_singapore(status="confirmed", held=yesterday.isoformat(), at=timezone.now() - timedelta(days=9))
    of_singapore(status="cancelled", held="2025-01-01")
    planned = of_singapore(status="tentative", held=ahead.isoformat(), at=timezone.now())

    shown = brief(viewer, "country/SG")

    assert [one["record"]["id"] for one in shown["last_contacts"]] == [str(held.pk)]
    assert shown["contacts_total"] == 1
    assert [one["record"]["id"] for one in shown["to_confirm"]] == [str(past.pk)]
    assert shown["next_contact"]["record"]["id"] == str(planned.pk)
    assert [one["engagement"]["id"] for one in shown["people"]] == [str(held.pk)]


def test_the_last_five_are_told_newest_first_and_a_later_day_is_the_next(viewer, singapore):
    made = [of_singapore(held=f"20{year}-06-01", summary=f"Of {year}") for year in range(10, 18)]

    shown = brief(viewer, "country/sg", on="2015-12-31")

    assert [one["held"][:4] for one in shown["last_contacts"]] == ["2015", "2014", "2013", "2012", "2011"]
    assert [one["readout"]["text"] for one in shown["last_contacts"]][:2] == ["Of 15", "Of 14"]
    assert shown["contacts_total"] == 6
    assert shown["next_contact"]["record"]["id"] == str(made[6].pk)


def test_a_readout_tells_of_a_contact_before_its_outcome_and_names_the_paper(viewer, singapore):
    logged = of_singapore(outcome="Outcome", summary="Summary")
    make.paper(logged, kind="readout", language="fr", text="En français")
    paper = make.paper(logged, kind="readout", text="\nThe two sides agreed.\nAnd more.")
    make.paper(logged, kind="talking_points", text="Not for this")

    [contact] = brief(viewer, "country/SG")["last_contacts"]

    assert contact["readout"]["text"] == "The two sides agreed."
    assert contact["readout"]["record"]["url"] == f"/api/v1/papers/{paper.pk}"


def test_what_is_owed_is_told_on_both_sides(viewer, singapore):
    logged = of_singapore()
    ours = make.action_item(logged, text="Send the draft", due_on=datetime(2024, 6, 1, tzinfo=UTC).date())
    theirs = make.action_item(logged, text="Name a contact", owed_by="theirs")
    done = make.action_item(logged)
    log.action_item_steps.drop_action_item(done.pk, log.StepEntry(reason="Overtaken"), by=OFFICE, expected=ANY_VERSION)
    make.action_item(make.engagement(), text="Of another")

    owed = brief(viewer, "country/SG", on="2024-07-01")["action_items"]

    assert [(one["record"]["id"], one["is_overdue"]) for one in owed["ours"]] == [(str(ours.pk), True)]
    assert [one["record"]["id"] for one in owed["theirs"]] == [str(theirs.pk)]
    assert (owed["ours_total"], owed["theirs_total"]) == (1, 1)
    assert owed["ours"][0]["engagement"]["id"] == str(logged.pk)


def test_what_a_counterpart_shall_see_to_itself_is_owed_by_it(viewer):
    body = directory.organization("World Customs Organization")
    item = make.action_item(make.engagement(**LIVE), owed_by="theirs", owner=log.OwnerEntry(organization=body.pk))

    shown = brief(viewer, f"organization/{body.pk}")

    assert [one["record"]["id"] for one in shown["action_items"]["theirs"]] == [str(item.pk)]
    assert shown["last_contacts"] == []


def test_agreements_in_force_come_with_the_day_on_which_they_end(viewer):
    body = directory.organization("World Customs Organization")
    parties = agreed.parties(theirs=body)
    until, open_ = (
        agreed.in_force_since("2020-01-01", title=title, parties=parties, expires=expires, **LIVE)
        for title, expires in (("With an end", "2027-03-01"), ("Without", None))
    )
    agreed.agreement(agreed.act("signature", "2020-01-01"), title="Only signed", parties=parties, **LIVE)
    agreed.in_force_since("2010-01-01", title="Long expired", parties=parties, expires="2015-01-01", **LIVE)

    shown = brief(viewer, f"organization/{body.pk}", on="2026-01-01")

    assert [one["record"]["id"] for one in shown["agreements"][:2]] == [str(until.pk), str(open_.pk)]
    assert [(one["record"]["label"], one["status"], one["is_in_force"]) for one in shown["agreements"][2:]] == [
        ("Only signed", "signed", None)
    ]
    assert shown["agreements"][2]["sentence"].endswith("so whether it is in force is not known.")
    assert shown["agreements"][0]["deadline"]["on"] == shown["nearest_deadline"]["on"] == "2027-03-01"
    assert shown["nearest_deadline"]["status"] == "expired"
    assert shown["agreements"][1]["deadline"] is None
    assert brief(viewer, f"organization/{body.pk}", on="2027-03-01")["agreements"][0]["record"]["id"] == str(open_.pk)


def test_a_person_is_bound_by_those_for_whom_they_speak(viewer):
    former, present = directory.organization("Former"), directory.organization("Present")
    person = directory.person("Josephine Teo")
    for body in (former, present):
        agreed.in_force_since("2020-01-01", title=f"With {body}", parties=agreed.parties(theirs=body), **LIVE)
    make.engagement(participants=(make.theirs(person=person, organization=former, title="Director"),), **LIVE)
    before = brief(viewer, f"person/{person.pk}", on="2025-01-01")
    office.record_membership(
        office.MembershipEntry(person=person.pk, organization=present.pk, role="Minister", start_date="2025"), by=OFFICE
    )

    after = brief(viewer, f"person/{person.pk}", on="2025-06-01")

    assert [one["record"]["label"] for one in before["agreements"]] == ["With Former"]
    assert [one["record"]["label"] for one in after["agreements"]] == ["With Present"]
    assert [(one["role"], one["level"]) for one in after["functions"]] == [("Minister", "minister")]


def test_people_stand_in_order_of_precedence(viewer, singapore):
    for number, title in enumerate(("Director", "President", "Minister of Police", "Prime Minister")):
        make.engagement(held=f"2024-05-1{number}", participants=(make.theirs(country="SG", title=title),), **LIVE)

    shown = brief(viewer, "country/SG")

    assert [one["title"] for one in shown["people"]] == [
        "President",
        "Prime Minister",
        "Minister of Police",
        "Director",
    ]


def test_who_was_met_twice_is_told_once_as_what_they_were_last(viewer, singapore):
    person = directory.person("Josephine Teo")
    for day, title in (("2023-01-01", "Director"), ("2024-01-01", "Minister")):
        make.engagement(held=day, participants=(make.theirs(person=person, country="SG", title=title),), **LIVE)
    absent = make.theirs(country="SG", title="Absent", attendance="absent")
    make.engagement(held="2024-02-01", participants=(absent,), **LIVE)

    shown = brief(viewer, "country/SG")

    assert [(one["title"], one["times"], one["held"]) for one in shown["people"]] == [("Minister", 2, "2024-01-01")]
    assert shown["people_total"] == 1


class TestHidden:
    """What the reader may not see is absent, and counts nowhere."""

    @pytest.fixture
    def hidden(self, singapore):
        of_singapore(held="2020-01-01", title="Seen")
        hidden = of_singapore(held="2024-01-01", title="Hidden", marking="restricted")
        make.action_item(hidden, text="Hidden promise")
        make.paper(hidden, text="Hidden words")
        ahead = (timezone.localdate() + timedelta(days=5)).isoformat()
        of_singapore(status="confirmed", held=ahead, title="Hidden too", marking="restricted", at=timezone.now())
        agreed.in_force_since(
            "2020-01-01",
            title="Hidden agreement",
            marking="restricted",
            parties=(agreements.PartyEntry(country="SG"), agreed.parties()[0]),
        )
        return hidden

    def test_from_a_viewer(self, viewer, hidden):
        shown = brief(viewer, "country/SG")

        assert "idden" not in str(shown)
        assert [one["record"]["label"] for one in shown["last_contacts"]] == ["Seen"]
        assert (shown["contacts_total"], shown["people_total"], len(shown["people"])) == (1, 1, 1)
        assert (shown["next_contact"], shown["agreements"], shown["action_items"]["ours"]) == (None, [], [])
        assert shown["marking"] == "public"

    def test_not_from_an_approver_whose_brief_is_marked_by_it(self, hidden):
        shown = brief(signed_in("approver"), "country/SG")

        assert [one["record"]["label"] for one in shown["last_contacts"]] == ["Hidden", "Seen"]
        assert [one["record"]["label"] for one in shown["action_items"]["ours"]] == ["Hidden promise"]
        assert len(shown["agreements"]) == 1
        assert shown["marking"] == "restricted"

    def test_the_page_hides_the_same(self, viewer, hidden):
        page = viewer.get("/api/v1/counterparts/country/SG/brief?format=html").content.decode()

        assert "idden" not in page
        assert "Seen" in page


class TestAnswer:
    """Forms, tags and refusals."""

    def test_a_page_is_chosen_by_accept_or_by_name(self, viewer, singapore):
        path = "/api/v1/counterparts/country/SG/brief"

        by_accept = viewer.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
        by_name = viewer.get(f"{path}?format=html")

        assert by_accept["Content-Type"] == by_name["Content-Type"] == "text/html; charset=utf-8"
        assert by_accept.content == by_name.content
        assert viewer.get(path)["Content-Type"] == "application/json"
        assert viewer.get(path, headers={"Accept": "text/csv"}).status_code == 406
        assert "Accept" in by_accept["Vary"]

    def test_an_unchanged_brief_is_304_and_a_changed_one_is_not(self, viewer, singapore):
        path = "counterparts/country/SG/brief"
        first = viewer.see(path)

        assert viewer.see(path, **{"If-None-Match": first["ETag"]}).status_code == 304
        of_singapore()
        changed = viewer.see(path, **{"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert changed["ETag"] != first["ETag"]

    def test_hostile_words_stay_words_on_the_page(self, viewer):
        words = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7|add:7 }}{% now 'Y' %}"
        body = directory.organization("Bureau of Cargo")  # names have no markup
        person = make.theirs(person=directory.person("Anna Berg"), organization=body, title=words)
        logged = make.engagement(title=words, outcome=words, city=words[:100], participants=(person,), **LIVE)
        make.action_item(logged, text=words)
        agreed.in_force_since("2020-01-01", title=words, parties=agreed.parties(theirs=body), **LIVE)

        page = viewer.get(f"/api/v1/counterparts/organization/{body.pk}/brief?format=html").content.decode()

        assert "<script" not in page
        assert "<img" not in page
        assert (
            page.count("&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;{{ 7")
            > 4
        )

    def test_what_is_not_there_is_404_and_what_is_no_parameter_400(self, viewer, singapore):
        for path in (f"person/{uuid4()}", "country/ZZ", "planet/SG", "person/SG"):
            answer = viewer.see(f"counterparts/{path}/brief")
            assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        for query in ("on=2024", "on=2024-02-30", "on=2024-01-01&on=2024-01-02", "day=2024-01-01", "include=parents"):
            assert viewer.see(f"counterparts/country/SG/brief?{query}").status_code == 400, query

    def test_nobody_is_told_anything_without_signing_in(self, client, singapore):
        assert client.get("/api/v1/counterparts/country/SG/brief").status_code == 401

    def test_an_organization_is_read_with_its_parts_when_asked(self, viewer):
        whole = directory.organization("United Nations")
        part = directory.organization("UNODC", parent=whole.pk)
        make.engagement(participants=(make.theirs(organization=part, title="Director"),), **LIVE)

        assert brief(viewer, f"organization/{whole.pk}")["contacts_total"] == 0
        assert brief(viewer, f"organization/{whole.pk}", include="children")["contacts_total"] == 1


def test_a_brief_takes_the_same_queries_for_1_3_and_12_meetings(viewer, singapore):
    body = directory.organization("Government", country="SG", classification="government")
    counts, made = set(), 0

    for total in (1, 3, 12):
        while made < total:
            one = make.theirs(organization=body, country="SG", title="Minister")
            logged = make.engagement(held="2024-05-15", participants=(one,), **LIVE)
            make.paper(logged)
            make.action_item(logged)
            make.action_item(logged, owed_by="theirs")
            agreed.in_force_since("2020-01-01", parties=agreed.parties(theirs=body), **LIVE)
            made += 1
        with CaptureQueriesContext(connection) as captured:
            shown = brief(viewer, "country/SG")
        assert (shown["contacts_total"], len(shown["people"])) == (total, total)
        counts.add(len(captured))

    assert len(counts) == 1

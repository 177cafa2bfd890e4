"""`include=`: a record with lists of what belongs to it or names it."""

import pytest

from sgoffice.api.inclusion import inclusions_of
from sgoffice.directory.services import MembershipEntry, record_membership
from sgoffice.records.actors import OFFICE
from sgoffice.records.models import TraceItem
from tests.factories import agreements, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_a_record_holds_the_lists_that_are_named_and_nothing_else_changes():
    talk = make.engagement(title="One talk")
    paper, item = make.paper(talk), make.action_item(talk)
    make.paper(make.engagement(title="Another talk"))
    viewer = signed_in("viewer")

    plain = viewer.see(f"engagements/{talk.pk}").json()
    found = viewer.see(f"engagements/{talk.pk}?include=papers,action_items,attachments").json()

    included = found.pop("included")
    assert found == plain
    assert list(included) == ["papers", "action_items", "attachments"]
    assert included["papers"] == {"results": [viewer.see(f"papers/{paper.pk}").json()], "next": None}
    assert [one["id"] for one in included["action_items"]["results"]] == [str(item.pk)]
    assert included["attachments"] == {"results": [], "next": None}


def test_what_the_reader_may_not_see_is_not_included():
    talk = make.engagement(title="One talk")
    make.paper(talk, marking="restricted")

    seen = {
        role: signed_in(role).see(f"engagements/{talk.pk}?include=papers").json() for role in ("viewer", "approver")
    }

    assert {role: len(one["included"]["papers"]["results"]) for role, one in seen.items()} == {
        "viewer": 0,
        "approver": 1,
    }


def test_who_sees_a_restricted_record_so_leaves_a_trace():
    talk = make.engagement(title="One talk")
    paper = make.paper(talk, marking="restricted")

    signed_in("approver").see(f"engagements/{talk.pk}?include=papers")

    assert TraceItem.objects.get().entries == [paper.pk]


def test_the_tag_changes_with_what_is_included_and_is_no_version():
    talk = make.engagement(title="One talk")
    viewer, address = signed_in("viewer"), f"engagements/{talk.pk}?include=papers"
    before = viewer.see(address)
    assert viewer.see(address, **{"If-None-Match": before["ETag"]}).status_code == 304

    make.paper(talk)
    after = viewer.see(address, **{"If-None-Match": before["ETag"]})

    assert (after.status_code, after["ETag"] != before["ETag"]) == (200, True)
    assert viewer.see(f"engagements/{talk.pk}")["ETag"] not in {before["ETag"], after["ETag"]}


def test_of_a_long_list_the_first_page_stands_there_with_the_address_of_the_rest():
    talk = make.engagement(title="One talk")
    papers = {str(make.paper(talk).pk) for _ in range(52)}
    viewer = signed_in("viewer")

    included = viewer.see(f"engagements/{talk.pk}?include=papers").json()["included"]["papers"]
    rest = viewer.get(included["next"]).json()

    assert len(included["results"]) == 50
    assert {one["id"] for one in [*included["results"], *rest["results"]]} == papers
    assert rest["next"] is None


@pytest.mark.parametrize("asked", ["include=zqx", "include=papers,zqx", "include=papers&include=papers"])
def test_what_cannot_be_included_is_refused_with_what_can(asked):
    answer = signed_in("viewer").see(f"engagements/{make.engagement().pk}?{asked}")

    assert answer.status_code == 400
    told = str(answer.json()["errors"])
    assert "include" in told
    assert "&" in asked or "action_items, attachments, engagements, papers" in told


def test_a_hidden_record_is_unknown_before_anything_is_wrong():
    hidden = make.engagement(title="One talk", marking="restricted")

    assert signed_in("viewer").see(f"engagements/{hidden.pk}?include=zqx").status_code == 404


def test_what_was_known_at_an_instant_includes_nothing():
    address = f"engagements/{make.engagement().pk}?include=papers&as_known_at=2030-01-01T00:00:00Z"

    assert signed_in("viewer").see(address).status_code == 400


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("engagement", ["action_items", "attachments", "engagements", "papers"]),
        ("agreement", ["action_items", "attachments", "engagements"]),
        ("person", ["appointments", "engagements", "memberships"]),
        ("organization", ["affiliations", "agreements", "engagements", "memberships"]),
        ("post", ["appointments"]), ("body", ["sessions"]), ("session", ["decisions", "engagements"]),
        ("decision", ["mandates"]), ("mandate", ["action_items"]), ("topic", ["agreements", "engagements"]),
        ("country", []),
    ],
)  # fmt: skip
def test_each_kind_declares_what_it_includes(kind, words):
    assert list(inclusions_of(kind)) == words


def test_a_person_comes_with_memberships_and_meetings():
    person, body = directory.person("Eva Holm"), directory.organization()
    membership = record_membership(MembershipEntry(person=person.pk, organization=body.pk, role="Director"), by=OFFICE)
    talk = make.engagement(participants=(make.theirs(person=person),))

    found = signed_in("viewer").see(f"people/{person.pk}?include=memberships,engagements").json()["included"]

    assert [one["id"] for one in found["memberships"]["results"]] == [str(membership.pk)]
    assert [one["id"] for one in found["engagements"]["results"]] == [str(talk.pk)]


def test_an_agreement_comes_with_the_meetings_under_it_and_a_visit_with_its_parts():
    agreement = agreements.agreement()
    visit = make.engagement(kind="visit", title="A visit")
    part = make.engagement(title="A part", part_of=visit.pk, under=(agreement.pk,))
    viewer = signed_in("viewer")

    for address in (f"agreements/{agreement.pk}", f"engagements/{visit.pk}"):
        found = viewer.see(f"{address}?include=engagements").json()["included"]["engagements"]
        assert [one["id"] for one in found["results"]] == [str(part.pk)], address

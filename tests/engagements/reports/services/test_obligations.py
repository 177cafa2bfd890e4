"""What is owed under agreements and of mandates, in briefs and short briefs, for whoever may see it."""

from datetime import UTC, datetime

import pytest

from sgoffice.changes import merging
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services as office
from sgoffice.records.actors import OFFICE
from tests.factories import agreements as agreed
from tests.factories import appointments as decided
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def customs():
    return directory.organization("World Customs Organization")


def owed(client, path, **query):
    response = client.get(f"/api/v1/counterparts/{path}/brief", {"on": "2026-03-01", **query})
    assert response.status_code == 200, response.content
    return response.json()["action_items"]


def with_them(body, **values):
    return agreed.in_force_since(parties=agreed.parties(theirs=body), **values)


def test_what_is_owed_under_an_agreement_and_of_a_mandate_is_in_the_brief(viewer, customs):
    agreement, mandate = with_them(customs), decided.mandate(customs)
    under = make.action_item(agreement, due_on=datetime(2026, 1, 1, tzinfo=UTC).date())
    asked = make.action_item(mandate, owed_by="theirs")
    make.action_item(agreed.in_force_since())

    shown = owed(viewer, f"organization/{customs.pk}")

    [ours], [theirs] = shown["ours"], shown["theirs"]
    assert (ours["record"]["id"], ours["is_overdue"], theirs["record"]["id"]) == (str(under.pk), True, str(asked.pk))
    assert (ours["agreement"]["id"], ours["engagement"], ours["mandate"]) == (str(agreement.pk), None, None)
    assert (theirs["mandate"]["id"], theirs["agreement"]) == (str(mandate.pk), None)
    assert viewer.get(ours["agreement"]["url"]).status_code == viewer.get(theirs["mandate"]["url"]).status_code == 200
    page = viewer.get(f"/api/v1/counterparts/organization/{customs.pk}/brief?format=html").content.decode()
    assert agreement.reference in page
    assert mandate.reference in page


def test_a_country_owes_what_its_bodies_agreed_and_a_person_what_those_agreed_for_whom_they_speak(viewer, customs):
    directory.country("BE", "Belgium")
    bureau = directory.organization("NCB Brussels", country="BE", classification="national_central_bureau")
    head = directory.person()
    office.record_membership(
        office.MembershipEntry(person=head.pk, organization=customs.pk, role="Secretary General"), by=OFFICE
    )
    of_country, of_body = make.action_item(with_them(bureau)), make.action_item(with_them(customs))

    assert [one["record"]["id"] for one in owed(viewer, "country/BE")["ours"]] == [str(of_country.pk)]
    assert [one["record"]["id"] for one in owed(viewer, f"person/{head.pk}")["ours"]] == [str(of_body.pk)]


def test_what_is_owed_under_a_hidden_agreement_is_absent(viewer, customs):
    make.action_item(with_them(customs, marking="restricted"))
    make.action_item(decided.mandate(customs, marking="restricted"))

    hidden, shown = (owed(signed_in(role), f"organization/{customs.pk}") for role in ("viewer", "approver"))

    assert (hidden["ours"], hidden["ours_total"], shown["ours_total"]) == ([], 0, 2)


def test_what_is_owed_under_a_merged_agreement_is_led_to_the_survivor(viewer, customs):
    survivor, other = with_them(customs), agreed.in_force_since()
    make.action_item(other)

    door = {"by": OFFICE, "expected": ANY_VERSION, "reason": "They are one"}
    merging.merge(type(survivor), survivor.pk, other=other.pk, **door)

    [line] = owed(viewer, f"organization/{customs.pk}")["ours"]
    assert line["agreement"]["id"] == str(survivor.pk)


def test_the_short_brief_owes_what_the_brief_owes(viewer, customs):
    directory.country("BE", "Belgium")
    bureau = directory.organization("NCB Brussels", country="BE", classification="national_central_bureau")
    ministry = directory.organization("Ministry", country="BE", classification="ministry")
    for record in (with_them(customs), decided.mandate(customs), with_them(bureau), decided.mandate(ministry)):
        make.action_item(record)
        make.action_item(record, owed_by="theirs")
    guests = (make.theirs(organization=customs), make.theirs(country="BE"))
    meeting = make.planned(participants=guests)

    shown = viewer.get(f"/api/v1/engagements/{meeting.pk}/programme").json()["counterparts"]

    assert len(shown) == 2
    for short in shown:
        whole = viewer.get(f"{short['brief_url']}?on=2026-03-20").json()["action_items"]
        assert (short["ours"], short["theirs"]) == (whole["ours"], whole["theirs"])
        assert (len(short["ours"]), len(short["theirs"])) == (2, 2)


def test_what_was_merged_into_a_counterpart_counts_in_its_brief_and_in_the_short_one(viewer, customs):
    double = directory.organization("World Customs Organisation")
    other = directory.organization("Another organization")
    make.engagement(held="2024-05-15", participants=(make.theirs(organization=double),), marking="public")
    make.action_item(with_them(double))
    merging.merge(type(customs), customs.pk, other=double.pk, reason="the same", by=OFFICE, expected=ANY_VERSION)
    guests = (make.theirs(organization=customs), make.theirs(organization=other))
    meeting = make.planned(participants=guests)

    short, _ = viewer.get(f"/api/v1/engagements/{meeting.pk}/programme").json()["counterparts"]
    whole = viewer.get(f"{short['brief_url']}?on=2026-03-20").json()

    assert (short["contacts_total"], len(short["ours"])) == (1, 1)
    assert (whole["contacts_total"], len(whole["action_items"]["ours"])) == (1, 1)

"""Two records of one thing become one and two again: readers are led over, nothing is rewritten, nothing leaks."""

import pytest
from django.db import DatabaseError, transaction

from sgoffice.changes import merge_previews, merging
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory import services
from sgoffice.directory.models import Membership, Organization, Person
from sgoffice.records.actors import OFFICE, Permission
from sgoffice.records.entries import Correction, Source
from sgoffice.records.errors import InvalidEntry, NotPermitted, RuleViolation, StaleVersion
from sgoffice.records.models import HistoryEntry
from tests.factories.accounts import signed_in
from tests.factories.directory import organization, person, topic
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.django_db
WHY = "They are one"


def merge(survivor, other, *, by=OFFICE, expected=ANY_VERSION):
    return merging.merge(type(survivor), survivor.pk, other=other.pk, by=by, expected=expected, reason=WHY)


def unmerge(survivor, other):
    return merging.unmerge(type(survivor), survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="Two")


@pytest.fixture
def officer():
    return signed_in("officer")


def test_the_merged_address_leads_on_and_lists_show_one(officer):
    teo, twin = person("Josephine Teo"), person("Josephine Teo Li Min")

    merge(teo, twin)

    answer = officer.see(f"people/{twin.pk}")
    assert (answer.status_code, answer["Location"]) == (308, f"http://testserver/api/v1/people/{teo.pk}")
    assert [one["id"] for one in officer.see("people?q=teo").json()["results"]] == [str(teo.pk)]


def test_the_survivor_is_found_by_the_names_of_both_and_only_by_its_own_again_after(officer):
    teo, twin = person("Josephine Teo"), person("杨莉明")

    merge(teo, twin)
    assert [one.id for one in services.found_by_typing("杨莉明", by=OFFICE)] == [teo.pk]

    unmerge(teo, twin)
    assert [one.id for one in services.found_by_typing("杨莉明", by=OFFICE)] == [twin.pk]
    assert [one.id for one in services.found_by_typing("Josephine", by=OFFICE)] == [teo.pk]


def test_documents_show_the_survivor_and_follow_its_new_name_and_the_unmerging(officer):
    teo, twin, home = person("Josephine Teo"), person("J. Teo"), organization("Ministry of Communications")
    role = services.record_membership(
        services.MembershipEntry(person=twin.pk, organization=home.pk, role="Minister"), by=OFFICE
    )

    def shown():
        return officer.see(f"memberships/{role.pk}").json()["person"]

    merge(teo, twin)
    assert shown() == {"id": str(teo.pk), "name": "Josephine Teo", "honorific_prefix": ""}

    renamed = Correction(services.PersonEntry, {"name": "Mrs Josephine Teo"})
    services.correct_person(teo.pk, renamed, by=OFFICE, expected=ANY_VERSION)
    assert shown()["name"] == "Mrs Josephine Teo"

    unmerge(teo, twin)
    assert shown() == {"id": str(twin.pk), "name": "J. Teo", "honorific_prefix": ""}
    assert Membership.objects.get(pk=role.pk).person_id == twin.pk


@pytest.mark.parametrize("asked", ["survivor", "merged"])
def test_old_filters_and_new_ones_find_the_records_of_both(officer, asked):
    teo, twin, home = person("Josephine Teo"), person("J. Teo"), organization("Ministry of Communications")
    roles = {
        services.record_membership(
            services.MembershipEntry(person=one.pk, organization=home.pk, role="Minister"), by=OFFICE
        ).pk
        for one in (teo, twin)
    }
    merge(teo, twin)

    wanted = {"survivor": teo, "merged": twin}[asked]
    found = officer.see(f"memberships?person={wanted.pk}").json()["results"]

    assert {one["id"] for one in found} == {str(role) for role in roles}


def test_the_survivor_shows_the_sources_of_both_and_both_histories_tell_of_it(officer):
    teo = person("Josephine Teo", sources=(Source(document="Press"),))
    twin = person("J. Teo", sources=(Source(document="Gazette"),))

    survivor = merge(teo, twin)

    document = officer.see(f"people/{teo.pk}").json()
    assert [one["document"] for one in document["sources"]] == ["Press"]
    assert [(one["id"], one["sources"][0]["document"]) for one in document["merged_from"]] == [
        (str(twin.pk), "Gazette")
    ]
    assert document["version"] == survivor.version == 2
    told = HistoryEntry.objects.filter(verb="merge")
    assert set(told.values_list("record_id", flat=True)) == {teo.pk, twin.pk}
    assert set(told.values_list("reason", flat=True)) == {WHY}


def test_what_was_merged_before_follows_to_the_new_survivor():
    first, second, third = person("One"), person("Two"), person("Three")
    merge(second, third)

    merge(first, second)

    assert Person.objects.filter(merged_into=first.pk).count() == 2
    unmerge(first, second)
    assert list(Person.objects.filter(merged_into=first.pk)) == [third]


@pytest.mark.parametrize("case", ["itself", "in error", "merged already", "no such", "another kind"])
def test_what_cannot_be_merged_is_refused_with_what_to_do(case):
    first, second, third = person("One"), person("Two"), person("Three")
    if case == "itself":
        with pytest.raises(RuleViolation) as refused:
            merge(first, first)
        assert refused.value.rule == "merge-two"
    elif case in {"in error", "merged already"}:
        if case == "in error":
            enter_in_error(Person, second.pk, by=OFFICE, expected=ANY_VERSION, reason="twice")
        else:
            merge(third, second)
        with pytest.raises(RuleViolation) as refused:
            merge(first, second)
        assert refused.value.rule == "merge-live"
    else:
        other = topic() if case == "another kind" else Person(name="Nobody")
        with pytest.raises(InvalidEntry):
            merging.merge(Person, first.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason=WHY)
    assert not HistoryEntry.objects.filter(verb="merge", record_id=first.pk).exists()


def test_an_organization_and_its_part_stay_two():
    whole = organization("European Union")
    part = organization("European Commission", parent=whole.pk)
    office = organization("OLAF", parent=part.pk)

    for survivor, other in ((whole, office), (office, whole)):
        with pytest.raises(RuleViolation, match="part of the other"):
            merge(survivor, other)


def test_families_reach_through_what_was_merged():
    whole, twin = organization("European Union"), organization("The European Union")
    below = organization("OLAF", parent=twin.pk)

    merge(whole, twin)

    assert below.pk in Organization.objects.below(whole.pk)
    assert whole.pk in Organization.objects.above(below.pk)


def test_it_needs_the_right_the_version_and_a_reason():
    first, second = person("One"), person("Two")
    viewer = signed_in("viewer").user.as_actor()
    assert not viewer.may(Permission.WRITE)

    with pytest.raises(NotPermitted):
        merge(first, second, by=viewer)
    with pytest.raises(StaleVersion):
        merge(first, second, expected=7)
    with pytest.raises(InvalidEntry):
        merging.merge(Person, first.pk, other=second.pk, by=OFFICE, expected=ANY_VERSION, reason=" ")
    assert Person.objects.filter(merged_into=None).count() == 2


def test_the_preview_tells_what_is_lost_and_led_over_and_does_nothing():
    teo = person("Josephine Teo", given_name="Josephine")
    twin = person("J. Teo", given_name="J.", family_name="Teo")
    services.record_membership(
        services.MembershipEntry(person=twin.pk, organization=organization().pk, role="Minister"), by=OFFICE
    )

    told = merge_previews.preview_merge(Person, teo.pk, other=twin.pk, by=OFFICE)

    assert {(one.field, one.kept, one.dropped) for one in told.differences} == {
        ("name", "Josephine Teo", "J. Teo"),
        ("given_name", "Josephine", "J."),
        ("family_name", "", "Teo"),
    }
    assert told.references == {"membership": 1}
    assert told.refused == ""
    assert not Person.objects.exclude(merged_into=None).exists()
    assert merge_previews.preview_merge(Person, teo.pk, other=teo.pk, by=OFFICE).refused


def test_over_http_with_preview_merge_replay_and_unmerge(officer):
    first, second = topic("Fraud"), topic("Frauds")
    told = officer.see(f"topics/{first.pk}/merge-preview?other={second.pk}").json()
    body = {"other": str(second.pk), "reason": WHY}
    doors = {"If-Match": '"1"', "Idempotency-Key": "merge-once"}

    merged = officer.enter(f"topics/{first.pk}/merge", body, **doors)
    again = officer.enter(f"topics/{first.pk}/merge", body, **doors)
    undone = officer.enter(f"topics/{first.pk}/unmerge", body, **{"If-Match": merged["ETag"]})

    assert (told["is_possible"], told["survivor"]["title"]) == (True, "Fraud")
    assert (merged.status_code, again["Idempotency-Replayed"], undone.status_code) == (200, "true", 200)
    assert [one["id"] for one in merged.json()["merged_from"]] == [str(second.pk)]
    assert undone.json()["merged_from"] == []
    assert officer.see(f"topics/{second.pk}").status_code == 200


@pytest.mark.parametrize("aim", ["itself", "a merged one", "another kind", "from below"])
def test_raw_sql_cannot_merge_into_what_does_not_stand_for_itself(aim):
    first, second, third = person("One"), person("Two"), person("Three")
    merge(first, second)
    source, target = {
        "itself": (third, third),
        "a merged one": (third, second),
        "another kind": (third, topic()),
        "from below": (first, third),
    }[aim]

    with pytest.raises(DatabaseError, match=r"does not stand for itself|violates foreign key"), transaction.atomic():
        ask("UPDATE directory_person SET merged_into_id = %s WHERE id = %s", target.pk, source.pk)


def test_acronym_and_identifiers_of_the_merged_one_lead_to_the_survivor(officer):
    body = organization("World Body", acronym="WB")
    twin = organization(
        "Organisation mondiale",
        acronym="OMX",
        identifiers=(services.OutsideIdentifier(scheme="wikidata", identifier="Q8475"),),
    )

    merge(body, twin)

    assert [one.id for one in services.found_by_typing("OMX", by=OFFICE)] == [body.pk]
    found = officer.see("organizations?identifier=wikidata:Q8475").json()["results"]
    assert [one["id"] for one in found] == [str(body.pk)]
    [candidate] = services.organizations_called("OMX", by=OFFICE)
    assert (candidate.id, candidate.is_automatic) == (body.pk, False)

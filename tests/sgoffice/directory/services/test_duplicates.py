"""Pairs that may be one are told to whoever may see both, until they are merged or kept apart."""

import pytest

from engagements import services as engagements
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import keep_apart, merge
from sgoffice.directory.models import Organization, Person
from sgoffice.directory.services.duplicates import find_duplicates
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName
from sgoffice.records.errors import InvalidEntry
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db
NAME = "Wladimir Zqxdefector"


def hidden(name=NAME, **values):
    who = engagements.ParticipantEntry(person=ByName(name=name, create=True))
    met = make.engagement(participants=(who,), marking="restricted", allow_duplicate=True, **values)
    return met.participants.get().person


def pairs(user, **values):
    return [{one.id for one in pair.records} for pair in find_duplicates(by=user.as_actor(), **values)]


def test_a_hidden_namesake_makes_a_pair_for_those_who_see_both():
    author = staff("officer")
    known, secret = directory.person(NAME), hidden(by=author.as_actor())

    for user in (author, staff("approver")):
        assert pairs(user) == [{known.pk, secret.pk}]
    for role in ("viewer", "officer", "administrator", "auditor"):
        assert pairs(staff(role)) == []


def test_accents_capitals_and_other_names_make_a_pair_and_a_single_word_none():
    one, other = directory.person("Jürgen Zqxstock"), directory.person("JURGEN ZQXSTOCK")
    directory.person("Ban")
    directory.person("Ban")

    assert pairs(staff("viewer")) == [{one.pk, other.pk}]


def test_bodies_of_two_countries_are_two():
    directory.country("FR", "France")
    directory.country("DE", "Germany")
    for country in ("FR", "DE"):
        directory.organization("Ministry of Zqxcargo", country=country)
    third = directory.organization("Ministry of Zqxcargo")

    assert [third.pk in pair for pair in pairs(staff("viewer"), kinds=["organization"])] == [True, True]


def test_merged_ones_and_those_kept_apart_are_no_pair():
    viewer = staff("viewer")
    first, second, third = (directory.person(NAME) for _ in range(3))
    merge(Person, first.pk, other=second.pk, by=OFFICE, expected=ANY_VERSION, reason="One person")
    assert pairs(viewer) == [{first.pk, third.pk}]

    keep_apart(Person, third.pk, other=first.pk, by=OFFICE, expected=ANY_VERSION, reason="Father and son")

    assert pairs(viewer) == []


def test_keeping_somebody_hidden_apart_tells_the_readers_of_the_other_one_nothing():
    known, secret = directory.person(NAME), hidden()
    viewer = signed_in("viewer")
    asked = [f"/api/v1/people/{known.pk}{below}" for below in ("", "/history", "/links")]
    before = [viewer.get(path).getvalue() for path in asked]

    keep_apart(Person, known.pk, other=secret.pk, by=OFFICE, expected=ANY_VERSION, reason="Two")

    assert [viewer.get(path).getvalue() for path in asked] == before
    assert pairs(staff("approver")) == []


def test_somebody_hidden_is_not_kept_apart_by_who_does_not_see_them():
    known, secret = directory.person(NAME), hidden()

    with pytest.raises(InvalidEntry, match="There is no person"):
        keep_apart(
            Person, known.pk, other=secret.pk, by=staff("officer").as_actor(), expected=ANY_VERSION, reason="Two"
        )


def test_the_api_tells_the_pairs_and_keeps_two_apart():
    first, second = directory.organization("Bureau of Zqxcargo"), directory.organization("Bureau of Zqxcargo")
    officer = signed_in("officer")

    found = officer.see("duplicates?kind=organization").json()
    apart = officer.enter(
        f"organizations/{second.pk}/keep-apart", {"other": str(first.pk), "reason": "Two"}, **{"If-Match": '"1"'}
    )

    assert [one["id"] for one in found["results"][0]["records"]] == [str(second.pk), str(first.pk)]
    assert apart.status_code == 200
    assert officer.see("duplicates").json() == {"is_complete": True, "results": []}
    assert officer.see("duplicates?kind=topic").status_code == 400


def test_the_admin_lists_the_pairs_with_their_ways_out():
    known, secret = directory.person(NAME), hidden()
    approver = signed_in("approver")

    page = approver.get("/admin/directory/person/duplicates/").content.decode()

    assert f"/admin/directory/person/{secret.pk}/step/merge/?merged_into={known.pk}" in page
    assert approver.get(f"/admin/directory/person/{secret.pk}/step/merge/?merged_into={known.pk}").status_code == 200
    apart = f"/admin/directory/person/{secret.pk}/step/keep-apart/?other={known.pk}"
    assert str(known.pk) in approver.get(apart).content.decode()
    approver.post(apart, {"other": str(known.pk), "reason": "Two", "version_seen": "1"})
    assert "share a whole name" in approver.get("/admin/directory/person/duplicates/").content.decode()
    assert pairs(staff("approver")) == []
    assert NAME not in signed_in("viewer").get("/admin/directory/person/duplicates/").content.decode()
    assert Organization.objects.count() == 0

"""Merging tells nobody of who is hidden from them."""

import pytest

from engagements.models import Engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.directory.models import Person
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName
from sgoffice.records.errors import RuleViolation
from tests.factories import directory
from tests.factories.accounts import signed_in, staff
from tests.sgoffice.directory.test_readers import NAME, met, seen

pytestmark = pytest.mark.django_db


def test_merging_somebody_hidden_into_somebody_open_tells_nobody():
    met()
    hidden = Person.objects.get()
    known = directory.person("Vladimir Zqxopen")
    viewer = signed_in("viewer")
    asked = [f"/api/v1/people/{known.pk}{below}" for below in ("", "/history", "/links")] + ["/api/v1/people?q=zqx"]
    before = [viewer.get(path).getvalue() for path in asked]

    merge(Person, known.pk, other=hidden.pk, by=OFFICE, expected=ANY_VERSION, reason="One person")

    assert [viewer.get(path).getvalue() for path in asked] == before
    assert [one.person.survivor for one in Engagement.objects.get().participants.all()] == [known]


def test_somebody_open_is_not_merged_into_somebody_hidden():
    met()
    with pytest.raises(RuleViolation, match="other way round"):
        merge(
            Person, Person.objects.get().pk, other=directory.person("Open").pk, by=OFFICE, expected=ANY_VERSION,
            reason="One person",
        )  # fmt: skip


def test_of_two_hidden_people_the_survivor_is_read_by_the_readers_of_both():
    one, other = staff("viewer"), staff("viewer")
    met(readers=(str(one.pk),))
    met(person=ByName(name=NAME, create=True), held="2026-02-02", readers=(str(other.pk),))
    first, second = Person.objects.order_by("pk")

    merge(Person, first.pk, other=second.pk, by=OFFICE, expected=ANY_VERSION, reason="One person")

    assert [seen(user)[0] for user in (one, other)] == [NAME, NAME]
    assert seen(staff("viewer")) == []

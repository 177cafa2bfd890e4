"""A decision follows the last one on its matter, and supersedes others by its own text."""

from uuid import uuid4

import pytest

from appointments import services
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import InvalidEntry, RuleViolation
from sgoffice.records.models import Link
from tests.factories.appointments import decision, mandate

pytestmark = pytest.mark.django_db


def correct(of, **values):
    patch = Correction(services.DecisionEntry, values)
    return services.correct_decision(of.pk, patch, by=OFFICE, expected=ANY_VERSION)


def links_of(source):
    return set(Link.objects.filter(source=source.pk).values_list("relation", "target"))


def test_a_chain_of_yearly_resolutions_and_what_one_supersedes():
    first, rule = decision("First"), decision("Rule")
    second = decision("Second", follows=first.pk, supersedes=(rule.pk,))

    assert links_of(second) == {("follows", first.pk), ("supersedes", rule.pk)}
    correct(second, follows=None)
    assert links_of(second) == {("supersedes", rule.pk)}


@pytest.mark.parametrize("relation", ["follows", "supersedes"])
def test_no_decision_rests_on_itself(relation):
    first = decision("First")
    second = decision("Second", follows=first.pk, supersedes=(first.pk,))

    with pytest.raises(RuleViolation, match="itself"):
        correct(first, **{relation: second.pk if relation == "follows" else (second.pk,)})


def test_only_a_decision_can_be_followed():
    for other in (mandate().pk, uuid4()):
        with pytest.raises(InvalidEntry) as error:
            decision("Second", follows=other)
        assert error.value.errors[0][0] == "/follows"


def test_votes_are_kept_as_they_were_counted():
    counted = decision("Counted", adoption="recorded_vote", votes_for=84, votes_against=0, votes_abstaining=5)

    assert (counted.votes_for, counted.votes_against, counted.votes_abstaining) == (84, 0, 5)

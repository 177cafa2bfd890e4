"""Several clocks at once, with real commits: each turn once, in order. tests/prove has the long form."""

import pytest

from sgoffice.records import documents
from tests import clocks
from tests.engagements.agreements import two_clocks

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_two_clocks_that_are_killed_and_started_again_note_each_turn_once_and_in_order():
    agreements = two_clocks.enter(40, seed=1)

    two_clocks.through_the_year(workers=2, kills=2, seed=1)

    assert two_clocks.require_each_once_in_order(agreements) > 40
    assert list(documents.differences()) == []


def test_eight_threads_that_find_the_same_turns_note_each_once(in_threads):
    agreements = two_clocks.enter(10, seed=2)

    def work(number):
        return clocks.simulate(two_clocks.FIRST, two_clocks.LAST, 365)

    results = in_threads(8, work)

    assert results == [None] * 8
    two_clocks.require_each_once_in_order(agreements)

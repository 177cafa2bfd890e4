"""The long form of tests/engagements/agreements/test_clock_two_workers.py: 1,000 agreements, a year, many restarts."""

import sys
import time

import pytest

from tests.engagements.agreements import two_clocks

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_two_clocks_note_the_year_of_a_thousand_agreements_each_turn_once_and_in_order(capsys):
    agreements = two_clocks.enter(1000, seed=3)
    begun = time.monotonic()

    two_clocks.through_the_year(workers=2, kills=20, seed=3)

    turns = two_clocks.require_each_once_in_order(agreements)
    with capsys.disabled():
        sys.stdout.write(f"\n  {len(agreements)} agreements, {turns} turns, {time.monotonic() - begun:.0f} s\n")

"""How many days a term has left."""

from datetime import date

import pytest

from appointments.models import Appointment
from appointments.services import days_left
from appointments.services.holders import PostHolders


@pytest.mark.parametrize(
    ("term", "left"),
    [
        ({"state": "assumed", "expected_end": "2029-11-07"}, 6),
        ({"state": "assumed", "end": "2029-11-03"}, 2),
        ({"state": "assumed", "expected_end": "2029-11"}, None),
        ({"state": "ended", "end": "2029-11-07"}, None),  # nobody knew it on the days of the term
    ],
)
def test_days_are_left_of_a_term_that_runs_until_a_known_day(term, left):
    found = PostHolders(date(2029, 11, 1), (Appointment(**term),), (), (), is_certain=True)

    assert days_left(found) == left


def test_no_days_are_left_where_the_holder_is_not_certain():
    running = Appointment(state="assumed", expected_end="2029-11-07")

    assert days_left(PostHolders(date(2029, 11, 1), (running,), (), (), is_certain=False)) is None
    assert days_left(PostHolders(date(2029, 11, 1), (), (), (), is_certain=True)) is None

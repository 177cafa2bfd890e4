"""Partners' copies are right while PostgreSQL and web workers are killed; tests/prove/test_exchange.py is the long form."""

import pytest

from tests.prove.exchange.proof import prove


@pytest.mark.slow
def test_every_copy_is_right_after_kills_in_the_middle_of_writing_and_pulling():
    figures = prove(seconds=10, kills=2, seed=5)

    assert sum(figures.kills.values()) == 2
    assert figures.writes > 50
    assert figures.lines > figures.records

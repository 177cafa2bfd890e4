"""Partners' copies are right while PostgreSQL and web workers are killed; tests/prove has the long form."""

import pytest

from tests.prove.exchange.proof import prove

WRITERS, POLLERS = 4, 8  # two of each partner


@pytest.mark.slow
def test_every_copy_is_right_after_kills_in_the_middle_of_writing_and_pulling():
    figures = prove(seconds=6, kills=2, seed=5, writers=WRITERS, pollers=POLLERS)

    assert sum(figures.kills.values()) == 2
    assert figures.writes >= 2 * WRITERS
    assert figures.lines > figures.records

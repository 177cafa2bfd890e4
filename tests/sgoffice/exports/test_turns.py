"""One person has few files written at once, however many processes serve; others do not wait for them."""

from threading import Barrier

import pytest

from sgoffice.exports import answers, turns
from sgoffice.exports.turns import MOST, TooManyExports, turn_of
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in
from tests.factories.approvals import member

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_one_more_than_fits_is_refused_and_nobody_else_is(in_threads):
    anna, otto, barrier = member("officer"), member("officer"), Barrier(MOST + 2)

    def work(number):
        try:
            with turn_of(otto if number == 0 else anna):
                barrier.wait(timeout=20)
                barrier.wait(timeout=20)
        except TooManyExports:
            barrier.wait(timeout=20)
            barrier.wait(timeout=20)
            raise

    results = in_threads(MOST + 2, work)

    assert (results.count(None), sum(isinstance(one, TooManyExports) for one in results)) == (MOST + 1, 1)
    with turn_of(anna):  # all turns are free again
        pass


@pytest.mark.parametrize("path", ["/api/v1/engagements?format=csv", "/admin/engagements/engagement/export/xlsx/"])
def test_who_has_no_turn_left_is_told_when_to_come_back(monkeypatch, path):
    make.engagement()
    client: Register = signed_in("officer")
    monkeypatch.setattr(turns, "MOST", 0)
    assert answers.turn_of is turn_of

    answer = client.get(path)

    assert (answer.status_code, answer["Retry-After"]) == (429, "10")
    assert answer.json()["type"] == "/problems/too-many-requests"

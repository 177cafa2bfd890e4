"""When a replica may answer. Real standbys: tests/prove/test_replicas.py."""

import time

import psycopg
import pytest
from django.db import connection

from sgoffice.database.replicas import ImpatientConnection, Outcome, Question, Replica, Replicas, outcome_of
from tests.bench.register import free_port

_END = ("epoch", 7, "entry", "2026-11-30T10:00:00.000001Z")
_PROOF, _QUESTION = Question("SELECT 1 AS one", []), Question("SELECT 2 AS two", [])


@pytest.mark.parametrize(
    ("is_standby", "found", "outcome"),
    [
        (True, _END, Outcome.ANSWERED),
        (True, ("epoch", 6, "entry", "2026-11-30T10:00:00.000000Z"), Outcome.BEHIND),
        (True, ("epoch", 8, "entry", "2026-11-30T10:00:00.000002Z"), Outcome.BEHIND),
        (True, ("epoch", 7, "other", "2026-11-30T10:00:00.000001Z"), Outcome.BEHIND),
        (True, ("other", *_END[1:]), Outcome.BEHIND),
        (True, ("epoch", None, None, None), Outcome.BEHIND),
        (False, _END, Outcome.PROMOTED),
    ],
)
def test_only_a_standby_that_knows_exactly_as_much_answers(is_standby, found, outcome):
    assert outcome_of(is_standby=is_standby, found=list(found), expected=_END) == outcome


@pytest.fixture
def parameters():
    """How this test's own database is reached, which is no standby."""
    given = connection.get_connection_params()
    return {name: given[name] for name in ("host", "port", "user", "password", "dbname") if given.get(name)}


def asked_until(replica, outcome):
    """Ask until there is another outcome than the one named; nobody waits for a connection."""
    end = time.monotonic() + 20
    while (found := replica.ask(_PROOF, [1], _QUESTION)[0]) == outcome:
        assert time.monotonic() < end
        time.sleep(0.01)
    return found


@pytest.mark.django_db
def test_a_server_that_is_no_standby_is_asked_once_and_then_left_out(parameters):
    replica = Replica("1", parameters)

    assert asked_until(replica, Outcome.UNCONNECTED) == Outcome.PROMOTED
    assert replica.ask(_PROOF, [1], _QUESTION) == (Outcome.LEFT_OUT, [])


def test_a_server_that_is_away_is_left_out_and_nobody_waits():
    away = [{"host": "127.0.0.1", "port": str(free_port()), "dbname": "none"} for _ in range(2)]
    begun = time.monotonic()

    assert Replicas(away).rows(_PROOF, [1], _QUESTION) is None
    assert time.monotonic() - begun < 1
    assert asked_until(Replica("1", away[0]), Outcome.UNCONNECTED) == Outcome.LEFT_OUT


@pytest.mark.django_db
def test_a_server_that_says_nothing_is_given_up(parameters):
    with ImpatientConnection.connect(**parameters) as hanging:
        with pytest.raises(psycopg.OperationalError):
            hanging.execute("SELECT pg_sleep(20)")

        assert hanging.closed

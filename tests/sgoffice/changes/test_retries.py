"""What is run again when the connection ends, and what is not because it may have been saved."""

import pytest
from django.db import OperationalError, connection, transaction

from sgoffice.changes.retries import retry_once
from sgoffice.database.errors import is_outcome_unknown


def end_own_connection():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


@pytest.fixture
def tries(fresh_database):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return []


def test_connection_that_ends_before_the_commit_is_run_again(tries):
    def work():
        with transaction.atomic():
            tries.append(1)
            if len(tries) == 1:
                end_own_connection()
            return "done"

    assert (retry_once(work), len(tries)) == ("done", 2)


def test_connection_that_ends_twice_is_an_outage(tries):
    def work():
        with transaction.atomic():
            tries.append(1)
            end_own_connection()

    with pytest.raises(OperationalError):
        retry_once(work)
    assert len(tries) == 2


def test_what_was_told_to_commit_is_never_run_again(tries):
    def work():
        tries.append(1)
        with transaction.atomic():
            connection.connection.pgconn.finish()

    with pytest.raises(OperationalError) as refused:
        retry_once(work)
    assert (len(tries), is_outcome_unknown(refused.value)) == (1, True)

"""What is refused, in whose words: actors and their rights, constraints and their rules, the one retry."""

from itertools import count

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg import errors as postgres

from sgoffice.changes.retries import is_deadlock, is_reference_taken, retry_once
from sgoffice.records.actors import ANONYMOUS, OFFICE, Actor, Permission
from sgoffice.records.constraints import explains, explanations, violation_of
from sgoffice.records.errors import InvalidEntry, NotPermitted, RegisterError, StaleVersion, UnknownRecord
from tests.factories.directory import person
from tests.sgoffice.records.asking import ANNA, VIEWER, ask


def test_actor_without_a_permission_is_told_what_to_ask_for():
    ANNA.require("write")
    with pytest.raises(NotPermitted, match="needs the permission “write”"):
        VIEWER.require("write")

    assert str(ANNA) == "staff:anna"
    assert not any(ANONYMOUS.may(permission) for permission in Permission)
    assert all(OFFICE.may(permission) for permission in Permission)


def test_actors_are_the_same_whatever_they_may_do():
    assert Actor("staff", "anna", "Anna") == ANNA


def test_refusals_speak_to_the_reader():
    assert UnknownRecord("action_item", 7).detail == "There is no action item 7."
    assert "at version 3 now" in StaleVersion(3).detail
    assert InvalidEntry([("/a", "No."), ("/b", "Never.")]).detail == "/a: No.; /b: Never."
    assert all(issubclass(kind, RegisterError) for kind in (UnknownRecord, StaleVersion, InvalidEntry, NotPermitted))


def test_constraint_is_explained_once():
    known = next(iter(explanations()))

    with pytest.raises(ValueError, match="is explained already"):
        explains(known, rule="x", detail="x")


@pytest.mark.django_db
def test_every_constraint_that_is_explained_exists_in_the_database():
    """Rules that a trigger holds stand in its function."""
    for name in sorted(explanations()):
        found = ask(
            "SELECT (SELECT count(*) FROM pg_constraint WHERE conname = %s)"
            " + (SELECT count(*) FROM pg_class WHERE relname = %s AND relkind = 'i')"
            " + (SELECT count(*) FROM pg_proc WHERE prosrc LIKE '%%' || %s || '%%')",
            name, name, f"'{name}'",
        )  # fmt: skip
        assert found[0][0] > 0, name


@pytest.mark.django_db
def test_violation_without_an_explanation_is_none():
    known = person("Known")

    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        ask("INSERT INTO directory_person SELECT * FROM directory_person WHERE id = %s", known.pk)

    assert violation_of(raised.value) is None
    assert not is_reference_taken(raised.value)


def failing(cause, *, times=1, kind=OperationalError):
    """Return work that fails so often for this cause, and then says how often it ran."""
    runs = count(1)

    def work():
        number = next(runs)
        if number <= times:
            error = kind("refused")
            error.__cause__ = cause
            raise error
        return number

    return work


def test_deadlock_is_retried_once_in_silence_and_no_more(db_is_open_outside_transactions):
    assert retry_once(failing(postgres.DeadlockDetected())) == 2
    with pytest.raises(OperationalError):
        retry_once(failing(postgres.DeadlockDetected(), times=2))


def test_nothing_else_is_retried(db_is_open_outside_transactions):
    for cause in (postgres.LockNotAvailable(), postgres.AdminShutdown()):
        with pytest.raises(OperationalError):
            retry_once(failing(cause))
    with pytest.raises(IntegrityError):
        retry_once(failing(postgres.UniqueViolation(), kind=IntegrityError))


@pytest.mark.django_db
def test_inside_an_open_transaction_nothing_is_retried():
    assert connection.in_atomic_block

    with pytest.raises(OperationalError):
        retry_once(failing(postgres.DeadlockDetected()))


def test_serialization_failure_counts_as_a_deadlock():
    error = OperationalError()
    error.__cause__ = postgres.SerializationFailure()

    assert is_deadlock(error)
    assert not is_deadlock(OperationalError())


@pytest.fixture
def db_is_open_outside_transactions(fresh_database):
    """A connection without a transaction."""
    assert not connection.in_atomic_block

"""What a refusal undoes, and how many savepoints that takes."""

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from sgoffice.changes.door import create
from sgoffice.changes.refusals import undone_as_one, undone_if_refused
from sgoffice.directory.models import Country, Person
from sgoffice.records.errors import RuleViolation
from tests.sgoffice.records.asking import ANNA

pytestmark = pytest.mark.django_db


def enter(name):
    with create(Person, verb="register", by=ANNA) as person:
        person.name = name


def enter_country():
    with create(Country, verb="register", by=ANNA) as country:
        country.code, country.name = "FR", "France"


def savepoints(work):
    with CaptureQueriesContext(connection) as asked:
        work()
    return sum(one["sql"].startswith("SAVEPOINT") for one in asked.captured_queries)


def enter_a_person_and_a_country_as_one():
    with undone_as_one(ANNA):
        enter("Anna Berg")
        enter_country()


def catch_a_refusal_inside_one():
    with undone_as_one(ANNA):
        with pytest.raises(RuleViolation):
            enter_country()
        enter("Anna Berg")


def enter_two_as_one():
    with undone_as_one(ANNA):
        enter("Anna Berg")
        enter("Omar Diallo")


def test_refusal_undoes_everything_that_is_done_as_one():
    enter_country()

    with pytest.raises(RuleViolation) as refused:
        enter_a_person_and_a_country_as_one()

    assert refused.value.rule == "code-taken"
    assert not Person.objects.exists()


def test_refusal_that_is_caught_inside_leaves_nothing_either():
    enter_country()

    with pytest.raises(TransactionManagementError):
        catch_a_refusal_inside_one()

    assert not Person.objects.exists()


def test_after_a_refusal_the_next_is_undone_by_itself():
    enter_country()
    with pytest.raises(RuleViolation), undone_as_one(ANNA):
        enter_country()

    with undone_if_refused(ANNA):
        enter("Anna Berg")
        with pytest.raises(RuleViolation):
            enter_country()

    assert Person.objects.get().name == "Anna Berg"


def test_what_is_done_as_one_takes_one_savepoint():
    assert savepoints(enter_two_as_one) == 1
    assert savepoints(lambda: (enter("Lucía Fernández"), enter("Gerhard Karner"))) == 2

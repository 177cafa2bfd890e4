"""DATABASE_URL: read whole, for the application and for the owner."""

import pytest
from django.db import connection

from sgoffice.settings.database import databases, replicas
from sgoffice.settings.environment import Environment


def test_embedded_server_has_two_roles_on_one_database():
    found = databases(Environment())

    assert found["default"]["USER"] == "sgoffice_app"
    assert found["owner"]["USER"] == "sgoffice_owner"
    assert found["default"]["NAME"] == found["owner"]["NAME"]


def test_url_is_read_with_its_escapes_and_parameters():
    url = "postgresql://anna%40x:p%2Fw@db.example:6432/reg%20ister?sslmode=require"

    found = databases(Environment(database_url=url))["default"]

    assert (found["USER"], found["PASSWORD"]) == ("anna@x", "p/w")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6432", "reg ister")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_socket_may_be_given_as_a_parameter():
    found = databases(Environment(database_url="postgresql:///register?host=/run/postgresql"))["default"]

    assert (found["HOST"], found["NAME"]) == ("/run/postgresql", "register")


def test_owner_is_the_application_unless_named():
    one = databases(Environment(database_url="postgresql://app@h/r"))
    two = databases(Environment(database_url="postgresql://app@h/r", database_owner_url="postgresql://boss@h/r"))

    assert one["owner"]["USER"] == "app"
    assert (two["default"]["USER"], two["owner"]["USER"]) == ("app", "boss")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense", "postgresql://h:port/r"])
def test_url_that_cannot_be_read_is_refused_with_an_example(url):
    with pytest.raises(ValueError, match="DATABASE_URL must read postgresql://"):
        databases(Environment(database_url=url))


def test_only_the_application_gives_up_waiting_for_a_lock():
    found = databases(Environment())

    assert "lock_timeout" in found["default"]["OPTIONS"]["options"]
    assert "options" not in found["owner"]["OPTIONS"]


@pytest.mark.django_db
def test_the_database_compiles_no_statement_of_a_request():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_process_that_serves_has_no_connection_as_the_owner():
    urls = {"database_url": "postgresql://app@h/r", "database_owner_url": "postgresql://boss:secret@h/r"}

    for given in ({}, urls):
        found = databases(Environment(sgoffice_serving=True, **given))
        assert found.keys() == {"default"}
        assert "boss" not in str(found)


def test_replicas_are_asked_where_requests_are_served_alone():
    urls = "postgresql://app:p%2Cw@one/r?sslmode=require, postgresql:///r?host=/run/two"

    found = replicas(Environment(database_replica_urls=urls, sgoffice_serving=True))

    assert found == [
        {"dbname": "r", "user": "app", "password": "p,w", "host": "one", "sslmode": "require"},
        {"dbname": "r", "host": "/run/two"},
    ]
    assert replicas(Environment(database_replica_urls=urls)) == []
    with pytest.raises(ValueError, match="DATABASE_REPLICA_URLS must read postgresql://"):
        replicas(Environment(database_replica_urls=f"{urls}, nonsense"))

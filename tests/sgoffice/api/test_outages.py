"""Where the database is away or cannot do its work, everybody gets a 503 that says why and when to come back."""

import pytest
from django.db import connection, connections

from tests.factories.accounts import signed_in
from tests.sgoffice.records.asking import as_owner

PATHS = ["/admin/", "/admin/login/", "/admin/engagements/engagement/", "/calendars/none.ics", "/api/v1/people"]


@pytest.mark.parametrize("path", PATHS)
def test_pages_of_every_kind_are_unavailable_and_no_fault(path, fresh_database):
    viewer = signed_in("viewer")
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    as_owner(f"ALTER DATABASE {name} CONNECTION LIMIT 0")
    connections["owner"].close()
    connection.close()

    answer = viewer.get(path)

    assert (answer.status_code, answer["Retry-After"], answer.json()["type"]) == (503, "2", "/problems/unavailable")
    assert "cannot be reached, or takes no more connections" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("code", "told"),
    [("53100", "disk is full"), ("55P03", "Another change holds"), ("57014", "took too long"), ("57P03", "is starting"),
     ("58030", "did not answer in time")],
)  # fmt: skip
def test_the_reason_is_the_true_one(code, told, fresh_database):
    as_owner(
        f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE USING ERRCODE = '{code}'; END $$",
        "CREATE TRIGGER refuse BEFORE INSERT ON directory_topic FOR EACH ROW EXECUTE FUNCTION refuse()",
    )

    answer = signed_in("officer").enter("topics", {"name": "Border control", "kind": "service"})

    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert told in answer.json()["detail"]

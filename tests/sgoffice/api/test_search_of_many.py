"""The search over many engagements finds what a plain loop finds. tests/prove/test_search.py has the long form."""

import pytest
from django.db import connections

from sgoffice.directory.rules import fold
from tests.databases import Databases
from tests.factories.accounts import signed_in
from tests.sgoffice.api import many_engagements


@pytest.fixture(scope="module")
def many(databases: Databases, loaded_name: str, django_db_blocker):
    """A database of one's own with the facts and two thousand engagements more."""
    with django_db_blocker.unblock():
        name = databases.copy(loaded_name)
        before = databases.point_at(name)
        yield many_engagements.write(2_000, seed=5)
        connections.close_all()
        databases.point_at(before)
        databases.drop(name)


def test_what_is_found_among_many_is_what_a_plain_loop_finds(many):
    client = signed_in("viewer")
    many_engagements.require_honest()

    for query in (many.common[0], f"{many.common[3]} {many.common[40]}", many.names[7], "st", f"{many.common[1]} lyon"):
        wanted = many_engagements.holding(fold(query).split())
        answer = client.get("/api/v1/search", {"q": query, "kind": "engagement", "limit": 200}).json()
        told = {one["value"]: one["count"] for one in answer["facets"]["kind"]}
        assert told.get("engagement", 0) == len(wanted), query
        assert {one["id"] for one in answer["results"]} <= {str(key) for key in wanted}
        assert len(answer["results"]) == min(200, len(wanted))


def test_relevance_looks_at_the_newest_of_each_kind_alone(many):
    client = signed_in("viewer")
    whole = client.get("/api/v1/search", {"q": "lyon", "kind": "engagement", "limit": 200}).json()
    newest = [one["id"] for one in whole["results"]]
    newest += [one["id"] for one in client.get(whole["next"]).json()["results"][:100]]

    ranked = client.get(
        "/api/v1/search", {"q": "lyon", "kind": "engagement", "limit": 200, "order": "relevance"}
    ).json()
    rest = client.get(ranked["next"]).json()

    assert whole["facets"]["kind"][0]["count"] > 300
    assert {one["id"] for one in ranked["results"] + rest["results"]} == set(newest)
    assert (len(rest["results"]), rest["next"]) == (100, None)

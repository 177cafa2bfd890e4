"""Lists of the directory, asked by what other registers call a record."""

import pytest

from sgoffice.directory.services import OutsideIdentifier
from tests.factories import directory
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "found"),
    [("wikidata:Q8475", 1), ("Q8475", 1), ("wikidata:q8475", 0), ("isni:Q8475", 0), ("wikidata:Q8", 0)],
)
@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_an_identifier_finds_who_has_it(kind, asked, found):
    maker = {"people": directory.person, "organizations": directory.organization}[kind]
    maker("Who Has It", identifiers=(OutsideIdentifier(scheme="wikidata", identifier="Q8475"),))
    maker("Who Has None")

    answer = signed_in("viewer").get(f"/api/v1/{kind}", {"identifier": asked})

    assert [one["name"] for one in answer.json()["results"]] == ["Who Has It"][:found]

"""The history of a record over HTTP: its pages, and that no number in it counts what others write."""

import re

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def numbers_in(told):
    """Return every number that stands in an answer, in texts of digits too."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list):
        return [number for one in told for number in numbers_in(one)]
    is_number = isinstance(told, int) and not isinstance(told, bool)
    return [told] if is_number or (isinstance(told, str) and told.isdigit()) else []


def test_items_tell_nothing_of_what_is_written_elsewhere():
    ana = directory.person("Ana")
    make.engagement(marking="restricted")

    item = signed_in("viewer").see(f"people/{ana.pk}/history").json()["results"][0]

    assert re.fullmatch("[0-9a-f]{64}", item["id"])
    assert numbers_in(item) == []


def test_pages_lead_from_the_newest_item_to_the_first():
    anna = signed_in("officer")
    ana = directory.person("Name 0")
    for number in range(1, 55):
        tag = anna.see(f"people/{ana.pk}").headers["ETag"]
        anna.correct(f"people/{ana.pk}", {"name": f"Name {number}"}, **{"If-Match": tag})

    first = anna.see(f"people/{ana.pk}/history").json()
    second = anna.get(first["next"]).json()

    names = [item["changes"]["name"][1] for item in first["results"] + second["results"] if "name" in item["changes"]]
    assert names == [f"Name {number}" for number in range(54, -1, -1)]
    assert second["next"] is None
    assert re.search(r"before=[0-9a-f]{64}$", first["next"])


@pytest.mark.parametrize("before", ["7", "x" * 64, "", "A" * 64, "0" * 64 + "%0a"])
def test_what_is_no_place_in_it_is_refused(before):
    ana = directory.person("Ana")

    answer = signed_in("viewer").see(f"people/{ana.pk}/history?before={before}")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/before")

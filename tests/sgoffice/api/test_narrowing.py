"""`fields=`: a page of records with some of their members."""

import pytest

from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db


def test_a_page_has_the_members_that_are_named_and_the_id():
    talk, other = make.engagement(title="One talk"), make.engagement(title="Another talk")
    viewer = signed_in("viewer")

    whole = viewer.see("engagements").json()
    narrow = viewer.see("engagements?fields=title,held").json()

    assert {one["id"] for one in narrow["results"]} == {str(talk.pk), str(other.pk)}
    assert narrow["results"] == [
        {name: one[name] for name in one if name in ("id", "title", "held")} for one in whole["results"]
    ]
    assert (narrow["next"], narrow["previous"]) == (None, None)


def test_the_next_page_is_as_narrow_and_a_filter_counts_as_ever():
    for title in ("One talk", "Two talks", "Three talks"):
        make.engagement(title=title)
    make.engagement(title="Restricted talk", marking="restricted")
    viewer = signed_in("viewer")

    first = viewer.see("engagements?fields=title&limit=2&q=talks&count=capped").json()
    assert [sorted(one) for one in first["results"]] == [["id", "title"]] * 2
    assert first["count"] == 2

    page = viewer.see("engagements?fields=title&limit=2").json()
    rest = viewer.get(page["next"]).json()
    assert [sorted(one) for one in rest["results"]] == [["id", "title"]]


@pytest.mark.parametrize("asked", ["fields=zqx", "fields=title,zqx", "fields=", "fields=title&fields=held", "fields=,"])
def test_what_is_no_member_is_refused(asked):
    answer = signed_in("viewer").see(f"engagements?{asked}")

    assert answer.status_code == 400
    assert "fields" in str(answer.json()["errors"])


def test_a_file_has_columns_of_its_own():
    answer = signed_in("viewer").see("engagements?format=csv&fields=title")

    assert answer.status_code == 400
    assert "fields" in str(answer.json()["errors"])


def test_every_kind_narrows_to_its_own_members():
    viewer = signed_in("viewer")

    for address in ("people", "organizations", "agreements", "sessions", "decisions", "countries", "appointments"):
        assert viewer.see(f"{address}?fields=version").status_code == 200, address


@pytest.mark.parametrize("address", ["search?q=talk", "deadlines?within=30"])
def test_what_is_no_list_of_records_does_not_know_it(address):
    assert signed_in("viewer").see(f"{address}&fields=title").status_code == 400

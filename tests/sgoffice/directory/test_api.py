"""The directory over HTTP: what every endpoint of records does."""

import pytest

from sgoffice import documents
from sgoffice.directory.models import Person
from tests.factories import approvals
from tests.factories.accounts import Register, signed_in
from tests.factories.directory import country, organization, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def test_entered_person_comes_back_with_address_and_etag(officer):
    answer = officer.enter("people", {"name": "Josephine Teo", "honorific_prefix": "Mrs"})

    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["name"] == "Josephine Teo"
    assert answer["Location"].endswith(f"/api/v1/people/{body['id']}")
    assert answer["ETag"].startswith('"1-')
    assert officer.see(f"people/{body['id']}").content == answer.content


def test_unchanged_person_is_304(officer):
    teo = person()
    etag = officer.see(f"people/{teo.pk}")["ETag"]

    assert officer.see(f"people/{teo.pk}", **{"If-None-Match": etag}).status_code == 304
    assert officer.see(f"people/{teo.pk}", **{"If-None-Match": f"W/{etag}"}).status_code == 304
    assert officer.see(f"people/{teo.pk}", **{"If-None-Match": '"9-abc"'}).status_code == 200


def test_correction_needs_if_match(officer):
    teo = person()

    answer = officer.correct(f"people/{teo.pk}", {"given_name": "Josephine"})

    assert answer.status_code == 428
    assert answer.json()["type"] == "/problems/if-match-required"


def test_correction_under_the_version_that_was_read(officer):
    teo = person()

    answer = officer.correct(f"people/{teo.pk}", {"given_name": "Josephine"}, **{"If-Match": '"1-abc"'})
    late = officer.correct(f"people/{teo.pk}", {"given_name": "Jo"}, **{"If-Match": '"1-abc"'})

    assert answer.status_code == 200, answer.content
    assert answer.json()["version"] == 2
    assert late.status_code == 412
    assert late["ETag"] == '"2"'
    assert late.json()["version"] == 2


def test_correction_of_nothing_makes_no_version(officer):
    teo = person()

    answer = officer.correct(f"people/{teo.pk}", {"name": "Josephine Teo"}, **{"If-Match": '"1"'})

    assert answer.json()["version"] == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/name"),
        ({"name": 1}, "/name"),
        ({"name": "a\u202eb"}, "/name"),
        ({"name": "a\x00b"}, "/name"),
        ({"name": "x" * 301}, "/name"),
        ({"name": "a", "nam": "b"}, "/nam"),
        ({"name": "a", "other_names": [{"name": "b", "x": 1}]}, "/other_names/0/x"),
        ({"name": "a", "sources": [{"verification": "sure"}]}, "/sources/0/verification"),
    ],
)
def test_wrong_value_is_named_by_its_pointer(officer, body, pointer):
    answer = officer.enter("people", body)

    assert answer.status_code == 400, answer.content
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Person.objects.exists()


def test_unknown_country_is_named(officer):
    answer = officer.enter("organizations", {"name": "Ministry", "country": "QQ"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/country"


def test_country_is_found_by_code(officer):
    country("SG", "Singapore")

    assert officer.see("countries/SG").json()["name"] == "Singapore"
    assert officer.see("countries/sg").status_code == 200
    assert officer.see("countries/QQ").status_code == 404


@pytest.mark.parametrize("words", ["teo", "TEO josephine", "Téo"])
def test_words_are_found_without_accents_in_any_order(officer, words):
    teo = person()
    person("Jürgen Stock")

    found = officer.get("/api/v1/people", {"q": words}).json()["results"]

    assert [item["id"] for item in found] == [str(teo.pk)]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=x",
        "cursor=abc",
        "sort=id",
        "since=2020",
        "q=%00",
        "count=1",
        "limit=٣",
    ],
)
def test_parameter_that_means_nothing_is_400(officer, query):
    answer = officer.see(f"people?{query}")

    assert answer.status_code == 400, query
    assert answer["Content-Type"] == "application/problem+json"


def test_pages_hold_every_record_once_in_both_directions(officer):
    names = [f"Person {number:02}" for number in range(23)]
    for name in names:
        person(name)

    forwards, address, last = [], "/api/v1/people?limit=5", None
    while address:
        page = officer.get(address).json()
        forwards += [item["name"] for item in page["results"]]
        address, last = page["next"], page
    backwards, address = [], last["previous"]
    while address:
        page = officer.get(address).json()
        backwards = [item["name"] for item in page["results"]] + backwards
        address = page["previous"]

    assert forwards == names
    assert backwards == names[:20]


def test_count_is_capped_on_request(officer):
    person()

    page = officer.see("people?count=capped").json()

    assert (page["count"], page["is_capped"]) == (1, False)


def test_renamed_organization_shows_in_what_names_it_and_no_open_edit_fails(officer):
    parent = organization("Old name")
    child = organization("Organ", parent=parent.pk)
    before = officer.see(f"organizations/{child.pk}")

    officer.correct(f"organizations/{parent.pk}", {"name": "New name"}, **{"If-Match": '"1"'})
    after = officer.see(f"organizations/{child.pk}")
    edit = officer.correct(f"organizations/{child.pk}", {"relation": "x"}, **{"If-Match": before["ETag"]})

    assert after.json()["parent"]["name"] == "New name"
    assert after["ETag"] != before["ETag"]
    assert edit.status_code == 200
    assert not list(documents.differences())


def test_entered_in_error_leaves_lists_but_not_its_page(officer):
    teo = person()

    chief = approvals.member("approver")
    waits = officer.enter(f"people/{teo.pk}/enter-in-error", {"reason": "typed twice"}, **{"If-Match": '"1"'})
    assert waits.status_code == 202
    approvals.approve(approvals.pending(teo.pk), by=chief)
    gone = officer.see(f"people/{teo.pk}")
    listed = officer.see("people").json()["results"]
    back = officer.enter(f"people/{teo.pk}/restore", {"reason": "was right"}, **{"If-Match": gone["ETag"]})

    assert gone.json()["is_in_error"] is True
    assert listed == []
    assert officer.see(f"people/{teo.pk}").status_code == 200
    assert back.json()["is_in_error"] is False


def test_history_tells_who_and_what(officer):
    body = officer.enter("people", {"name": "Josephine Teo"}, **{"X-Request-ID": "req-1"}).json()
    officer.correct(
        f"people/{body['id']}", {"name": "Josephine Teo Li Min"}, **{"If-Match": '"1"', "X-Reason": "full name"}
    )

    newest, oldest = officer.see(f"people/{body['id']}/history").json()["results"]

    assert newest["changes"]["name"] == ["Josephine Teo", "Josephine Teo Li Min"]
    assert newest["reason"] == "full name"
    assert newest["actor"] == f"staff:{officer.user.pk}"
    assert oldest["request_id"].startswith("req-1.")


def test_same_idempotency_key_enters_once(officer):
    first = officer.enter("people", {"name": "Josephine Teo"}, **{"Idempotency-Key": "k1"})
    again = officer.enter("people", {"name": "Josephine Teo"}, **{"Idempotency-Key": "k1"})
    other = officer.enter("people", {"name": "Somebody else"}, **{"Idempotency-Key": "k1"})

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json()["id"] == first.json()["id"]
    assert again["Idempotency-Replayed"] == "true"
    assert Person.objects.count() == 1


def test_viewer_reads_and_does_not_write():
    viewer = signed_in("viewer")
    teo = person()

    assert viewer.see(f"people/{teo.pk}").status_code == 200
    assert viewer.enter("people", {"name": "x"}).status_code == 403


def test_nobody_sees_nothing():
    person()

    assert Register().see("people").status_code == 401


@pytest.mark.parametrize("key", ["0" * 36, "not-an-id", "01a20b2e-63c8-7774-8b3f-bf5c5bab51ef", "٣", "a" * 3000])
def test_unknown_address_is_404(officer, key):
    answer = officer.see(f"people/{key}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["people", "organizations", "countries"])
def test_a_list_takes_as_many_queries_for_one_record_as_for_many(officer, path, django_assert_num_queries):
    country()
    organization()
    person()
    officer.see(path)
    with django_assert_num_queries(4, exact=False) as few:
        officer.see(path)
    for number in range(30):
        organization(f"Organization {number}")
        person(f"Person {number}")

    with django_assert_num_queries(len(few)):
        officer.see(path)

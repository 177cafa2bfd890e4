"""What is no name, no link and no address is entered nowhere: over HTTP, in the admin and in corrections."""

import pytest

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
ANY = {"If-Match": "*"}


@pytest.fixture
def officer():
    return signed_in("officer")


def refused_at(answer):
    assert answer.status_code == 400, answer.content
    return [one["pointer"] for one in answer.json()["errors"]]


@pytest.mark.parametrize("name", [".", "---", "😀", "<b>x</b>", "ann@example.org", "https://example.org"])
@pytest.mark.parametrize("path", ["people", "organizations", "topics"])
def test_what_is_no_name_is_refused(officer, path, name):
    body = {"name": name} | ({"kind": "crime_area"} if path == "topics" else {})

    assert refused_at(officer.enter(path, body)) == ["/name"]


@pytest.mark.parametrize("name", ["123", "٠", "4/5"])
def test_the_name_of_a_person_has_letters(officer, name):
    assert refused_at(officer.enter("people", {"name": name})) == ["/name"]
    assert officer.enter("organizations", {"name": name}).status_code == 201


def test_other_names_are_names_too(officer):
    body = {"name": "Ann Lee", "other_names": [{"name": "Anna Lee"}, {"name": "<i>A</i>"}]}

    assert refused_at(officer.enter("people", body)) == ["/other_names/1/name"]


def test_contacts_and_sources_that_lead_nowhere_are_refused_with_their_places(officer):
    contacts = [
        {"type": "email", "value": "not an email"},
        {"type": "url", "value": "javascript:alert(1)"},
        {"type": "telephone", "value": "+33 4 72 44 70 00"},
    ]
    body = {"name": "Ann Lee", "contact_details": contacts, "sources": [{"url": "data:text/html,x"}]}

    assert set(refused_at(officer.enter("people", body))) == {
        "/contact_details/0/value", "/contact_details/1/value", "/sources/0/url",
    }  # fmt: skip


def test_corrections_are_held_to_the_same(officer):
    person = directory.person("Ann Lee")

    answer = officer.correct(f"people/{person.pk}", {"contact_details": [{"type": "email", "value": "ann"}]}, **ANY)

    assert refused_at(answer) == ["/contact_details/0/value"]


@pytest.mark.parametrize("values", [{"title": "…"}, {"sources": [{"url": "javascript:alert(1)"}]}])
def test_engagements_have_titles_and_links_that_mean_something(officer, values):
    engagement = make.engagement()

    answer = officer.correct(f"engagements/{engagement.pk}", values, **ANY)

    assert refused_at(answer) == ["/title" if "title" in values else "/sources/0/url"]


def test_what_is_wrong_is_said_before_namesakes_are_shown(officer):
    directory.person("Ann Lee")

    answer = officer.enter("people", {"name": "Ann Lee", "contact_details": [{"type": "email", "value": "ann"}]})

    assert refused_at(answer) == ["/contact_details/0/value"]

"""How a name is understood tells nothing of meetings that some readers of the new one may not read."""

import pytest
from django.db import transaction

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
CODES = ("FR", "DE", "BY")


@pytest.fixture
def countries():
    return [directory.country(code, f"Country {code}") for code in CODES]


def logged(client, country, **values):
    who = {"person": "Wladimir Zqxdefector", "side": "theirs", "title": "x", "country": country}
    body = {"title": f"Probe {country}", "kind": "other", "status": "tentative", "held": "2027-01-04"}
    return client.enter("engagements", body | {"participants": [who]} | values)


def asked(client, country):
    """Log it and take it back, so that no answer depends on an earlier one."""
    with transaction.atomic():
        answer = logged(client, country)
        transaction.set_rollback(True)
    return answer


def shape(answer):
    body = answer.json()
    people = [one["person"]["id"] for one in body.get("participants", ()) if one["person"]]
    return answer.status_code, body.get("type"), people


@pytest.mark.parametrize("role", ["officer", "approver"])
def test_the_country_of_somebody_who_spoke_behind_closed_doors_cannot_be_asked_for(countries, role):
    person = directory.person("Wladimir Zqxdefector")
    make.engagement(marking="restricted", participants=(make.theirs(person=person, title="Colonel", country="BY"),))
    client = signed_in(role)

    answers = [shape(asked(client, code)) for code in CODES]

    assert answers == [(201, None, [str(person.pk)])] * 3


def test_the_author_of_the_hidden_meeting_is_asked_before_an_open_one_tells_of_it(countries):
    author = signed_in("officer")
    first = logged(author, "BY", marking="restricted").json()["participants"][0]["person"]["id"]

    asked_back = logged(author, "BY", held="2027-02-05")

    assert shape(asked_back)[:2] == (409, "/problems/possible-duplicates")
    assert first in asked_back.content.decode()


def test_who_does_not_see_somebody_enters_a_namesake_whatever_is_hidden(countries):
    first = logged(signed_in("approver"), "BY", marking="restricted").json()["participants"][0]["person"]["id"]

    status, _, [second] = shape(logged(signed_in("officer"), "BY"))

    assert status == 201
    assert second != first


def test_what_all_may_read_still_contradicts(countries):
    person = directory.person("Wladimir Zqxdefector")
    make.engagement(participants=(make.theirs(person=person, title="Colonel", country="BY"),))

    answers = [shape(asked(signed_in("officer"), code))[0] for code in CODES]

    assert answers == [409, 409, 201]

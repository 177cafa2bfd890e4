"""A filter answers for a hidden record as it does for one that is not there."""

from uuid import UUID

import pytest

from sgoffice.records.identifiers import uuid7
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.agreements import in_force_since, parties
from tests.factories.appointments import decision, mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return signed_in("officer")


def answer(client, path):
    found = client.see(path, **{"X-Request-ID": "same"})
    return found.status_code, found.content


def shared(reader, **values):
    """Marks a record as restricted, with this reader."""
    return {"marking": "restricted", "readers": (str(reader.user.pk),), **values}


def test_items_about_a_hidden_meeting_are_not_found_by_who_was_there(reader):
    directory.country("BY", "Belarus")
    person, body = directory.person(), directory.organization()
    who = make.theirs(person=person, organization=body, title="Colonel", country="BY")
    hidden = make.engagement(marking="restricted", participants=(who,))
    item = make.action_item(hidden, **shared(reader))
    assert reader.see(f"action-items/{item.pk}").status_code == 200

    for query in ("country=BY", f"person={person.pk}", f"organization={body.pk}", f"engagement={hidden.pk}"):
        name = query.partition("=")[0]
        nothing = "country=DE" if name == "country" else f"{name}={uuid7()}"
        assert answer(reader, f"action-items?{query}") == answer(reader, f"action-items?{nothing}"), query
    assert len(signed_in("approver").see("action-items?country=BY").json()["results"]) == 1


@pytest.mark.parametrize("query", ["country", "organization"])
def test_items_owed_under_a_hidden_agreement_or_decision_are_not_found_by_whom_it_binds(reader, query):
    body = directory.organization("Theirs", country=directory.country("BY", "Belarus").code, classification="ministry")
    bound = in_force_since(marking="restricted", parties=parties(theirs=body))
    make.action_item(bound, **shared(reader))
    owed = mandate(body)
    hide(owed.decision)
    make.action_item(owed, **shared(reader))
    value = "BY" if query == "country" else body.pk

    assert reader.see(f"action-items?{query}={value}").json()["results"] == []
    assert reader.see(f"deadlines?{query}={value}&within=3660").json()["results"] == []


def hide(record):
    chief = signed_in("approver")
    path = f"decisions/{record.pk}"
    version = chief.see(path).json()["version"]
    assert chief.correct(path, {"marking": "restricted"}, **{"If-Match": f'"{version}"'}).status_code == 200


@pytest.mark.parametrize(
    ("path", "make_owner", "make_owned"),
    [
        ("papers?engagement=", make.engagement, make.paper),
        ("attachments?engagement=", make.engagement, make.attachment),
        ("action-items?engagement=", make.engagement, make.action_item),
        ("action-items?agreement=", in_force_since, make.action_item),
        ("action-items?mandate=", mandate, make.action_item),
    ],
)
def test_what_belongs_to_a_hidden_record_is_not_found_by_its_id(reader, path, make_owner, make_owned):
    owner = make_owner(marking="restricted")
    owned = make_owned(owner, **shared(reader))

    assert answer(reader, f"{path}{owner.pk}") == answer(reader, f"{path}{UUID(int=7)}")
    found = signed_in("approver").see(f"{path}{owner.pk}").json()["results"]
    assert [one["id"] for one in found] == [str(owned.pk)]


def test_a_hidden_session_is_no_occasion(reader):
    body = decision().body
    client = signed_in("approver")
    hidden = client.enter("sessions", {"body": str(body.pk), "number": 93, "marking": "restricted"}).json()["id"]
    meeting = {"title": "On the margins", "kind": "other", "status": "tentative", "held": "2026-10"}
    made = client.enter("engagements", meeting | {"session": hidden}).json()

    found = answer(reader, f"engagements?occasion={hidden}")

    assert found == answer(reader, f"engagements?occasion={uuid7()}")
    assert [one["id"] for one in client.see(f"engagements?occasion={hidden}").json()["results"]] == [made["id"]]

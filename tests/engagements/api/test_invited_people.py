"""People of an invitation are placed by address and by name, or shown with candidates."""

import pytest

from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.directory.models import Person
from sgoffice.directory.services import Contact
from sgoffice.records.actors import OFFICE
from tests.engagements.invitations import invitation, proposed
from tests.factories import directory
from tests.factories.accounts import signed_in, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return signed_in("officer")


def test_people_are_placed_by_their_address_or_their_only_name(officer):
    by_address = directory.person("J. Teo", contact_details=(Contact(type="email", value="j.teo@example.sg"),))
    directory.person("Kim Min")
    directory.person("Kim Min")
    colleague = staff("officer", email="colleague@example.org", display_name="Colleague")
    text = invitation(
        'ATTENDEE;CN="Teo, Josephine";PARTSTAT=NEEDS-ACTION:mailto:J.Teo@example.sg',
        "ATTENDEE;CN=Kim Min;PARTSTAT=DECLINED:mailto:kim@example.org",
        f"ATTENDEE;CN=Colleague:mailto:{colleague.email.upper()}",
    ).replace("J.Teo", "j.teo")

    found = proposed(officer, text)

    assert [(one["person"], one["response"]) for one in found["entry"]["participants"]] == [
        (str(by_address.pk), "invited")
    ]
    assert [(one["name"], one["response"], one["is_staff"]) for one in found["unplaced"]] == [
        ("Kim Min", "declined", False),
        ("Colleague", "not_stated", True),
    ]


@pytest.mark.parametrize("name", ["Haddad, Amina", "HADDAD Amina", "H.E. Ms. Amina Haddad", "Amina HADDAD (MOI)"])
def test_names_of_address_books_are_placed_or_have_a_candidate(officer, name):
    known = directory.person("Amina Haddad")

    found = proposed(officer, invitation(f'ATTENDEE;CN="{name}":mailto:x@example.org'))

    placed = [one["person"] for one in found["entry"]["participants"]]
    candidates = [one["id"] for person in found["unplaced"] for one in person["candidates"]]
    assert [*placed, *candidates] == [str(known.pk)]


@pytest.mark.parametrize(
    ("kept", "sent_as"), [("a.haddad@example.org", "A.Haddad@EXAMPLE.ORG"), (" A.Haddad@x.org", "a.haddad@x.org")]
)
def test_an_address_places_in_any_case(officer, kept, sent_as):
    known = directory.person("Amina Haddad", contact_details=(Contact(type="email", value=kept),))

    found = proposed(officer, invitation(f"ATTENDEE;CN=Somebody:mailto:{sent_as}"))

    assert [one["person"] for one in found["entry"]["participants"]] == [str(known.pk)]


def test_the_address_of_a_merged_person_places_the_survivor(officer):
    survivor = directory.person("Amina Haddad")
    other = directory.person("A. Haddad", contact_details=(Contact(type="email", value="a@example.org"),))
    merge(Person, survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One person")

    found = proposed(officer, invitation("ATTENDEE;CN=Somebody:mailto:a@example.org"))

    assert [one["person"] for one in found["entry"]["participants"]] == [str(survivor.pk)]


def test_an_address_that_two_people_have_places_nobody(officer):
    for name in ("Amina Haddad", "Karim Haddad"):
        directory.person(name, contact_details=(Contact(type="email", value="office@example.org"),))

    assert proposed(officer, invitation("ATTENDEE;CN=Office:mailto:office@example.org"))["entry"]["participants"] == []


def test_a_group_is_shown_to_be_placed(officer):
    [group] = proposed(officer, invitation("ATTENDEE;CUTYPE=GROUP;CN=Delegation of Norway:mailto:n@example.org"))[
        "unplaced"
    ]

    assert (group["name"], group["is_group"]) == ("Delegation of Norway", True)

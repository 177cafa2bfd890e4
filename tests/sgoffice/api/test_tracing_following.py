"""Whoever reads people and organizations that restricted records alone name is in the trace, by whatever door.

They carry no marking of their own: the identity row says who may read them.
"""

import pytest

from engagements import services
from sgoffice.directory import services as people
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import ByName
from sgoffice.records.models import TraceItem
from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.forms import sent_by

pytestmark = pytest.mark.django_db

PICKED = "/admin/autocomplete/?app_label=directory&model_name=membership"


@pytest.fixture
def guests():
    """A person, an organization and a membership that no more readers have than one restricted meeting."""
    capacity = services.CapacityEntry(organization=ByName(name="Quiet bureau", create=True), title="Colonel")
    who = services.ParticipantEntry(person=ByName(name="Ana Quiet", create=True), capacities=(capacity,))
    met = make.engagement(marking="restricted", participants=(who,))
    person, body = met.participants.get().person, met.capacities.get().organization
    role = people.MembershipEntry(person=person.pk, organization=body.pk, role="Head", start_date="2021")
    return {"person": person, "organization": body, "membership": people.record_membership(role, by=OFFICE)}


def named():
    return {key for item in TraceItem.objects.filter(act="read") for key in item.entries}


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("person", "/admin/directory/person/"),
        ("person", "/admin/directory/person/?q=quiet"),
        ("person", "/admin/directory/person/{id}/change/"),
        ("person", "/admin/directory/person/{id}/step/merge/"),
        ("person", f"{PICKED}&field_name=person&term=quiet"),
        ("organization", "/admin/directory/organization/"),
        ("organization", "/admin/directory/organization/{id}/change/"),
        ("organization", f"{PICKED}&field_name=organization&term=quiet"),
        ("membership", "/admin/directory/membership/"),
        ("membership", "/admin/directory/membership/{id}/change/"),
    ],
)
def test_a_page_of_the_admin_that_shows_them_is_a_read(guests, kind, path):
    chief = signed_in("approver")

    answer = chief.get(path.format(id=guests[kind].pk))

    assert answer.status_code == 200
    assert guests[kind].pk in named()


def test_a_refusal_that_names_them_as_candidates_is_a_read(guests):
    chief = signed_in("approver")

    answer = chief.enter("people", {"name": "Ana Quiet"})

    assert (answer.status_code, str(guests["person"].pk) in answer.content.decode()) == (409, True)
    assert guests["person"].pk in named()


def test_a_refused_form_that_shows_them_is_a_read(guests):
    chief = signed_in("approver")
    address = f"/admin/directory/person/{guests['person'].pk}/change/"
    sent = sent_by(chief.get(address)) | {"name": ""}
    before = TraceItem.objects.count()

    chief.post(address, sent)

    assert TraceItem.objects.count() == before + 1


def test_whom_all_staff_read_leaves_no_row():
    directory.person("Ana Open")
    chief = signed_in("approver")

    chief.get("/admin/directory/person/")
    chief.enter("people", {"name": "Ana Open"})

    assert not TraceItem.objects.exists()

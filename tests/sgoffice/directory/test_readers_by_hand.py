"""Who is marked restricted by hand is hidden, until an open record names them."""

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from sgoffice.directory.models import Organization, Person
from tests.factories import appointments as appoint
from tests.factories import engagements as make
from tests.factories.accounts import signed_in, staff
from tests.sgoffice.directory.test_readers import BODY, NAME, seen

pytestmark = pytest.mark.django_db


def test_who_is_marked_restricted_by_hand_is_hidden_until_an_open_record_names_them():
    author, viewer = signed_in("officer"), staff("viewer")
    made = author.enter("people", {"name": NAME, "marking": "restricted"}).json()
    assert seen(viewer) == []
    assert seen(author.user) == [NAME]
    appointment = {"post": appoint.post().pk, "person": UUID(made["id"]), "kind": "appointment", "start": "2029-11-07"}

    appoint.appointment(**appointment, marking="restricted")
    assert seen(viewer) == []

    make.engagement(participants=(make.theirs(person=Person.objects.get()),))
    assert seen(viewer) == [NAME]


def test_a_marking_by_hand_is_raised_and_never_lowered():
    client = signed_in("officer")
    made = client.enter("organizations", {"name": BODY}).json()
    path, viewer = f"organizations/{made['id']}", staff("viewer")

    raised = client.correct(path, {"marking": "restricted"}, **{"If-Match": '"1"'})
    assert raised.status_code == 200, raised.content
    assert seen(viewer, Organization) == []
    assert seen(client.user, Organization) == [BODY]

    lowered = client.correct(path, {"marking": "internal"}, **{"If-Match": raised["ETag"]})
    assert lowered.status_code == 400
    assert client.enter("people", {"name": NAME, "marking": "public"}).status_code == 400
    with pytest.raises(IntegrityError, match="opened on its own"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE directory_organization SET own_marking = 'internal'")

"""The document of what belongs to a record names the record only if everyone who reads the one may read the other."""

import pytest

from sgoffice import documents
from tests.factories import engagements as make
from tests.factories.accounts import signed_in
from tests.factories.agreements import in_force_since
from tests.factories.appointments import mandate

pytestmark = pytest.mark.django_db
KINDS = [
    ("papers", "engagement", make.engagement, make.paper),
    ("attachments", "engagement", make.engagement, make.attachment),
    ("action-items", "engagement", make.engagement, make.action_item),
    ("action-items", "mandate", mandate, make.action_item),
    ("action-items", "agreement", in_force_since, make.action_item),
]


def told(client, path, record):
    return b"".join(client.see(f"{path}/{record.pk}{below}").content for below in ("", "/links", "/history"))


@pytest.mark.parametrize(("path", "key", "make_owner", "make_owned"), KINDS)
def test_whoever_may_read_what_belongs_but_not_its_owner_learns_nothing_of_the_owner(path, key, make_owner, make_owned):
    reader, approver = signed_in("viewer"), signed_in("approver")
    owner = make_owner(marking="restricted")
    owned = make_owned(owner, marking="restricted", readers=(str(reader.user.pk),))

    assert str(owner.pk).encode() not in told(reader, path, owned)
    assert owner.reference.encode() not in told(reader, path, owned)
    assert reader.see(f"{path}/{owned.pk}").json()[key] is None
    [link] = approver.see(f"{path}/{owned.pk}/links").json()["results"]
    assert (link["relation"], link["direction"], link["record"]["id"]) == ("belongs_to", "to", str(owner.pk))


@pytest.mark.parametrize(("path", "key", "make_owner", "make_owned"), KINDS)
def test_an_owner_that_all_may_read_is_named(path, key, make_owner, make_owned):
    owner = make_owner()
    owned = make_owned(owner)

    assert signed_in("viewer").see(f"{path}/{owned.pk}").json()[key] == str(owner.pk)


@pytest.mark.parametrize(("path", "key", "make_owner", "make_owned"), KINDS)
def test_documents_follow_when_an_owner_gets_readers(path, key, make_owner, make_owned):
    reader, approver = signed_in("viewer"), signed_in("approver")
    readers = [str(reader.user.pk)]
    owner = make_owner(marking="restricted")
    owned = make_owned(owner, marking="restricted", readers=tuple(readers))
    address = {"engagement": "engagements", "mandate": "mandates", "agreement": "agreements"}[key]
    version = approver.see(f"{address}/{owner.pk}").json()["version"]

    changed = approver.correct(f"{address}/{owner.pk}", {"readers": readers}, **{"If-Match": f'"{version}"'})

    assert changed.status_code == 200
    # the office entered both, so all readers of the one are readers of the other now
    assert reader.see(f"{path}/{owned.pk}").json()[key] == str(owner.pk)
    assert list(documents.differences()) == []

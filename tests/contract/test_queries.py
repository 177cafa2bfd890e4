"""The number of queries of a list or a page is the same for 1, 3 and 12 rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import agreements, directory
from tests.factories import engagements as make
from tests.factories.accounts import signed_in

pytestmark = pytest.mark.django_db
COUNTS = (1, 3, 12)


def meeting():
    return make.engagement(participants=(make.theirs(organization=directory.organization()), make.theirs()))


def of_one_engagement(maker):
    """Return a maker that puts all under one engagement."""
    made = []

    def one():
        made[:] = made or [meeting()]
        return maker(made[0])

    return one


MAKERS = {
    "engagements": meeting,
    "papers": of_one_engagement(make.paper),
    "attachments": of_one_engagement(make.attachment),
    "action-items": of_one_engagement(make.action_item),
    "agreements": agreements.in_force_since,
    "people": directory.person,
    "organizations": directory.organization,
}


@pytest.mark.parametrize("noun", sorted(MAKERS))
def test_a_list_and_a_page_ask_as_often_for_many_as_for_one(noun):
    client, found, made = signed_in("viewer"), {}, []
    for count in COUNTS:
        while len(made) < count:
            made.append(MAKERS[noun]())
        for address in (
            f"{noun}?limit=200",
            f"{noun}/{made[0].pk}",
            f"{noun}/{made[0].pk}/history",
            f"{noun}/{made[0].pk}/links",
        ):
            with CaptureQueriesContext(connection) as seen:
                answer = client.see(address)
            assert answer.status_code == 200, answer.content
            found.setdefault(address, []).append(len(seen))
        assert len(client.see(f"{noun}?limit=200").json()["results"]) >= count

    assert {address: counts for address, counts in found.items() if len(set(counts)) != 1} == {}


@pytest.mark.parametrize("count", COUNTS)
def test_one_engagement_with_many_participants_is_read_by_as_many_queries(count):
    record = make.engagement(participants=tuple(make.theirs() for _ in range(count)))

    with CaptureQueriesContext(connection) as seen:
        shown = signed_in("viewer").see(f"engagements/{record.pk}")

    assert len(shown.json()["participants"]) == count
    assert len([query for query in seen if "documents" in query["sql"] or "records_document" in query["sql"]]) == 1

"""What a reader may not see is in no hit, no facet and no count; each time somebody who may is the control."""

import pytest
from django.db import connection

from tests.factories import directory
from tests.factories import engagements as make
from tests.factories.accounts import Register, signed_in
from tests.searches import facets, found, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer():
    return signed_in("viewer")


@pytest.fixture
def meeting():
    directory.country("KI", "Kiribati")
    return make.engagement(title="Zebra talks", held="1999-01-02", country="KI", marking="restricted")


def everything(client, q="zebra"):
    answer = search(client, q, count="capped")
    return [one["id"] for one in answer["results"]], facets(answer), answer["count"]


def test_what_is_restricted_is_found_by_the_few(viewer, meeting):
    hidden = ([], {"kind": {}, "country": {}, "year": {}}, 0)
    shown = ([str(meeting.pk)], {"kind": {"engagement": 1}, "country": {"KI": 1}, "year": {"1999": 1}}, 1)

    for order in ("newest", "relevance"):
        assert found(viewer, "zebra", order=order) == []
        assert found(signed_in("approver"), "zebra", order=order) == [str(meeting.pk)]
    assert everything(viewer) == hidden
    assert everything(signed_in("administrator")) == hidden
    assert everything(signed_in("approver")) == shown


def test_its_author_and_named_readers_find_it():
    author, reader, other = signed_in("officer"), signed_in("viewer"), signed_in("officer")
    meeting = make.engagement(
        by=author.user.as_actor(), title="Zebra", marking="restricted", readers=(str(reader.user.pk),)
    )

    assert found(author, "zebra") == found(reader, "zebra") == [str(meeting.pk)]
    assert found(other, "zebra") == []


def test_raw_sql_that_raises_a_marking_hides_at_once(viewer):
    meeting = make.engagement(title="Zebra talks")
    assert found(viewer, "zebra") == [str(meeting.pk)]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE engagements_engagement SET marking = 'restricted' WHERE id = %s", [meeting.pk])

    assert found(viewer, "zebra") == []
    assert found(signed_in("approver"), "zebra") == [str(meeting.pk)]


def test_a_meeting_is_not_found_by_a_restricted_paper_or_item_of_it(viewer):
    meeting = make.engagement(title="Courtesy call")
    paper = make.paper(meeting, title="Zebra", text="A zebra", marking="restricted")
    item = make.action_item(meeting, text="Feed the zebra", marking="restricted")

    assert everything(viewer)[0] == []
    assert set(found(signed_in("approver"), "zebra")) == {str(paper.pk), str(item.pk)}
    assert found(viewer, "courtesy") == [str(meeting.pk)]


def test_whoever_did_not_sign_in_finds_nothing(meeting):
    assert Register().get("/api/v1/search", {"q": "zebra"}).status_code == 401

"""History shows the ids of other records to those who may see these."""

import pytest

from appointments.models import Decision
from sgoffice import history
from sgoffice.changes.door import ANY_VERSION, change
from sgoffice.changes.links import link
from sgoffice.records.actors import OFFICE
from tests.factories import approvals
from tests.factories import engagements as make
from tests.sgoffice.records.asking import CHIEF, VIEWER, decide, general_assembly

pytestmark = pytest.mark.django_db


def items(record, actor):
    return history.without_hidden_references(history.of_record(record.pk, by=actor), actor)


def test_a_key_to_a_hidden_record_is_left_out_and_the_rest_stays():
    hidden = make.engagement(marking="restricted")
    reader = approvals.member("viewer")
    paper = make.paper(hidden, marking="restricted", readers=(reader.id,))

    [told] = items(paper, reader)
    [whole] = items(paper, CHIEF)

    assert "engagement_id" not in told.changes
    assert whole.changes["engagement_id"] == [None, str(hidden.pk)]
    assert told.changes["title"] == whole.changes["title"]


def test_a_link_to_a_hidden_record_is_no_item():
    body = general_assembly()
    source, hidden, known = decide(body), decide(body, marking="restricted"), decide(body)
    with change(Decision, source.pk, verb="link", by=OFFICE, expected=ANY_VERSION):
        link(source.pk, "follows", hidden.pk)
        link(source.pk, "follows", known.pk)

    tables = [item.table for item in items(source, VIEWER)]

    assert tables.count("records_link") == 1
    assert [item.table for item in items(source, CHIEF)].count("records_link") == 2

"""What the database refuses of redactions to one person alone, by raw SQL as the application."""

import pytest
from django.db import IntegrityError, transaction

from engagements.models import Engagement
from tests.factories import approvals, redactions
from tests.factories import engagements as make
from tests.sgoffice.records.asking import ask

pytestmark = pytest.mark.usefixtures("fresh_database")


def test_one_person_alone_erases_nothing_and_raw_sql_neither():
    officer, chief = approvals.member("officer"), approvals.member("approver")
    meeting = make.engagement(by=officer, title="A talk")
    waiting = redactions.proposal(meeting, "/title", by=officer)
    call = "SELECT history_redact(%s, ARRAY[%s]::uuid[], '{}', '{}', ARRAY['A talk'])"

    with transaction.atomic():
        ask(f"SELECT set_config('sgoffice.approval', '{waiting.pk}', true)")
        with pytest.raises(IntegrityError, match="by one person alone"), transaction.atomic():
            ask(call, meeting.pk, meeting.pk)
    for table, column in (("history_payload", "new = old"), ("history_entry", "reason = ''")):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            ask(f"UPDATE {table} SET {column}")
    with pytest.raises(IntegrityError, match="made once, by two people"), transaction.atomic():
        ask(
            "INSERT INTO redactions_redaction (id, record_id, approval_id, pointers, entries)"
            " VALUES (gen_random_uuid(), %s, %s, '[]', '{}')", meeting.pk, waiting.pk,
        )  # fmt: skip
    with pytest.raises(Exception, match="proposed this yourself"):
        approvals.approve(redactions.proposal(meeting, "/title", by=chief), by=chief)
    assert Engagement.objects.get(pk=meeting.pk).title == "A talk"

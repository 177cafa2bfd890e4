"""Two people with real commits: an approval acts in its own transaction, and of two decisions at once one counts."""

from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction

from engagements import services as engagements
from engagements.models import Engagement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.entries import Correction
from tests.factories import approvals
from tests.factories import engagements as make

pytestmark = pytest.mark.usefixtures("fresh_database")


def mark(record, marking, *, by):
    patch = Correction(engagements.EngagementEntry, {"marking": marking})
    return engagements.correct_engagement(record.pk, patch, by=by, at=make.NOW, expected=ANY_VERSION)


def lower_by_hand(record, settings):
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"SELECT set_config('sgoffice.{name}', %s, true)", [str(value)])
        cursor.execute("UPDATE engagements_engagement SET marking = 'internal' WHERE id = %s", [record.pk])


def test_an_earlier_approval_opens_nothing_again():
    chief, officer = approvals.member("approver"), approvals.member("officer")
    record = make.engagement(by=officer, marking="restricted")
    mark(record, "internal", by=officer)
    approved = approvals.approve(approvals.pending(record.pk), by=chief)
    mark(record, "restricted", by=officer)

    with pytest.raises(IntegrityError, match="opened by one person alone"):
        lower_by_hand(record, {"open": record.pk, "actor": "staff:x", "verb": "x", "approval": approved.pk})


def test_of_several_decisions_at_once_one_counts(in_threads):
    chiefs = [approvals.member("approver") for _ in range(6)]
    record = make.engagement(by=approvals.member("officer"), marking="public")
    waiting = approvals.pending(record.pk)

    def decide(number):
        return (approvals.approve if number % 2 else approvals.refuse)(waiting, by=chiefs[number]).state

    found = Counter(type(one).__name__ if isinstance(one, Exception) else one for one in in_threads(6, decide))

    assert found["RuleViolation"] == 5
    assert Engagement.objects.get(pk=record.pk).marking == ("public" if found["approved"] else "internal")

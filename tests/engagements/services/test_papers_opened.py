"""Readouts and joint statements may be more open than their engagement once two people said so; other papers never."""

import pytest
from django.db import IntegrityError, connection, transaction

from engagements import services
from engagements.models import Paper
from sgoffice.approvals.models import Approval
from sgoffice.changes.door import ANY_VERSION
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from sgoffice.records.errors import RuleViolation
from tests.factories import approvals
from tests.factories import engagements as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return approvals.member("officer")


@pytest.fixture
def chief():
    return approvals.member("approver")


def correct(paper, by=OFFICE, **values):
    patch = Correction(services.PaperEntry, values)
    return services.correct_paper(paper.pk, patch, by=by, expected=ANY_VERSION)


def marking(paper):
    return Paper.objects.get(pk=paper.pk).marking


@pytest.mark.parametrize("kind", ["readout", "joint_statement"])
def test_two_people_open_it_further_than_its_engagement(chief, officer, kind):
    paper = make.paper(make.engagement(by=officer), by=officer, kind=kind, marking="public", text="They met.")

    assert marking(paper) == "internal"
    waiting = approvals.pending(paper.pk)
    assert "more open than what it belongs to" in waiting.content["note"]
    approvals.approve(waiting, by=chief)

    assert marking(paper) == "public"


def test_of_a_restricted_engagement_it_is_entered_as_restricted_and_opened_then(chief, officer):
    meeting = make.engagement(by=officer, marking="restricted")
    with pytest.raises(RuleViolation, match="cannot be public"):
        make.paper(meeting, by=officer, marking="public")
    paper = make.paper(meeting, by=officer)
    assert paper.marking == "restricted"

    correct(paper, by=officer, marking="internal")
    assert marking(paper) == "restricted"
    approvals.approve(approvals.pending(paper.pk), by=chief)

    assert marking(paper) == "internal"
    patch = Correction(services.EngagementEntry, {"marking": "internal"})
    services.correct_engagement(meeting.pk, patch, by=OFFICE, at=make.NOW, expected=ANY_VERSION)
    assert marking(paper) == "internal"


@pytest.mark.parametrize("kind", ["summary_record", "talking_points", "speech", "agenda"])
def test_minutes_and_the_like_are_never_opened_further(officer, kind):
    with pytest.raises(RuleViolation, match="cannot be public"):
        make.paper(make.engagement(), kind=kind, marking="public")
    paper = make.paper(make.engagement(allow_duplicate=True), kind=kind)

    with pytest.raises(RuleViolation, match="cannot be public"):
        correct(paper, by=officer, marking="public")
    assert not Approval.objects.filter(subject=paper.pk).exists()


def test_what_was_approved_is_the_text(chief, officer):
    paper = make.paper(make.engagement(by=officer), by=officer, marking="public", text="They met.")
    approvals.approve(approvals.pending(paper.pk), by=chief)

    correct(paper, by=officer, text="They met and quarrelled.")

    assert marking(paper) == "internal"
    approvals.approve(approvals.pending(paper.pk), by=chief)
    assert (marking(paper), Paper.objects.get().text) == ("public", "They met and quarrelled.")


def test_an_opened_readout_cannot_become_minutes_and_stay_open(chief, officer):
    paper = make.paper(make.engagement(by=officer), by=officer, marking="public", text="They met.")
    approvals.approve(approvals.pending(paper.pk), by=chief)

    with pytest.raises(RuleViolation, match="cannot be public"):
        correct(paper, by=officer, kind="summary_record")

    assert (marking(paper), Paper.objects.get().kind) == ("public", "readout")


def test_raising_the_engagement_closes_it(chief, officer):
    meeting = make.engagement(by=officer)
    paper = make.paper(meeting, by=officer, marking="public")
    approvals.approve(approvals.pending(paper.pk), by=chief)

    patch = Correction(services.EngagementEntry, {"marking": "restricted"})
    services.correct_engagement(meeting.pk, patch, by=OFFICE, at=make.NOW, expected=ANY_VERSION)

    assert marking(paper) == "restricted"


@pytest.mark.parametrize(
    ("kind", "statement"),
    [
        ("talking_points", "UPDATE engagements_paper SET marking = 'public'"),
        ("readout", "UPDATE engagements_paper SET marking = 'public'"),
        ("readout", "UPDATE engagements_paper SET marking = 'public', kind = 'summary_record'"),
    ],
)
def test_the_database_refuses_one_person_and_other_kinds(kind, statement, settle):
    make.paper(make.engagement(), kind=kind)
    settle()

    with pytest.raises(IntegrityError), transaction.atomic():
        carry_out(statement, settle)


def carry_out(statement, settle):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    settle()

"""Readouts reach partners as documents of their own, and tell of the engagement only who has it; minutes never do."""

import pytest

from engagements import services
from engagements.models import Engagement, Paper
from sgoffice.changes.corrections import enter_in_error
from sgoffice.changes.door import ANY_VERSION
from sgoffice.changes.merging import merge
from sgoffice.documents import publications
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import engagements as make
from tests.factories import partners

pytestmark = pytest.mark.django_db


@pytest.fixture
def puller():
    return partners.Puller(partners.partner())


def lines(puller, settle):
    settle()
    return {line["id"]: line for line in puller.pull()}


def test_readout_is_a_document_of_its_own(puller, settle):
    meeting = make.engagement()
    paper = make.paper(meeting, marking="public", title="Readout", text="They met.", language="fr")

    [line] = lines(puller, settle).values()

    assert (line["kind"], line["schema"], line["id"]) == ("paper", "readout/1", str(paper.pk))
    assert line["document"] == {
        "id": str(paper.pk), "reference": paper.reference, "kind": "readout", "title": "Readout", "language": "fr",
        "text": "They met.", "issued_on": None, "sources": [], "engagements": [],
    }  # fmt: skip
    assert puller.see(f"records/{meeting.pk}").status_code == 404


def test_engagement_is_named_to_partners_who_have_it(puller, settle):
    meeting = make.engagement()
    paper = make.paper(meeting, marking="public", text="They met.")
    lines(puller, settle)

    release = partners.release(puller.partner, meeting.pk)
    told = lines(puller, settle)
    assert told[str(paper.pk)]["document"]["engagements"] == [{"id": str(meeting.pk), "reference": meeting.reference}]
    partners.withdraw(release)

    assert lines(puller, settle)[str(paper.pk)]["document"]["engagements"] == []


def test_engagement_that_was_merged_is_named_as_what_it_became(puller, settle):
    survivor, other = (make.engagement(marking="public", allow_duplicate=True) for _ in range(2))
    paper = make.paper(other, marking="public", text="They met.")

    merge(Engagement, survivor.pk, other=other.pk, by=OFFICE, expected=ANY_VERSION, reason="One")

    told = lines(puller, settle)[str(paper.pk)]["document"]
    assert [one["id"] for one in told["engagements"]] == [str(survivor.pk)]
    assert list(publications.differences()) == []


@pytest.mark.parametrize("kind", ["summary_record", "talking_points", "speech", "background"])
def test_other_papers_never_reach_partners(puller, settle, kind):
    meeting = make.engagement(marking="public")
    paper = make.paper(meeting, kind=kind, marking="public", text="Between us.")
    partners.release(puller.partner, paper.pk)

    assert str(paper.pk) not in lines(puller, settle)
    assert puller.see(f"records/{paper.pk}").status_code == 404


def test_internal_readout_needs_a_release(puller, settle):
    paper = make.paper(make.engagement(), text="They met.")
    assert lines(puller, settle) == {}

    partners.release(puller.partner, paper.pk)

    assert list(lines(puller, settle)) == [str(paper.pk)]


def test_what_becomes_minutes_or_is_in_error_is_withdrawn(puller, settle):
    meeting = make.engagement(marking="public")
    minutes, wrong = (make.paper(meeting, marking="public", text="They met.") for _ in range(2))
    lines(puller, settle)

    patch = Correction(services.PaperEntry, {"kind": "summary_record"})
    services.correct_paper(minutes.pk, patch, by=OFFICE, expected=ANY_VERSION)
    enter_in_error(Paper, wrong.pk, by=OFFICE, expected=ANY_VERSION, reason="Another meeting's")

    told = lines(puller, settle)
    assert {told[str(paper.pk)]["op"] for paper in (minutes, wrong)} == {"withdrawn"}

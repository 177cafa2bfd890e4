"""Add and correct the papers of an engagement."""

from uuid import UUID

from engagements.models import Engagement, Paper
from engagements.rules import require_not_below
from engagements.services.entries import PaperEntry, PaperText
from engagements.services.owners import find_engagement, raise_marking_to, require_same_owner
from engagements.vocabulary import ABOUT, SHAREABLE_PAPERS
from sgoffice.changes import second_person
from sgoffice.changes.door import ANY_VERSION, Expected, change, create
from sgoffice.changes.references import takes_names
from sgoffice.changes.refusals import undone_as_one
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.entries import Correction, assign_fields
from sgoffice.records.markings import is_narrower


@takes_names
def add_paper(entry: PaperEntry, *, by: Actor) -> Paper:
    """Add a paper to an engagement.

    Raises RuleViolation for a marking below the engagement's, and for a paper without title and text.
    """
    by.require(Permission.WRITE)
    return create_paper(find_engagement(entry.engagement, by=by), entry, by=by)


@takes_names
def correct_paper(
    paper_id: UUID, correction: Correction[PaperEntry], *, by: Actor, expected: Expected, reason: str = ""
) -> Paper:
    """Correct a paper; it stays with its engagement. Raises what add_paper raises.

    A readout or joint statement may become more open than its engagement, which a second person approves. What was
    approved is its text: if that changes, it is as hidden as the engagement again until it is approved anew.
    """
    by.require(Permission.WRITE)
    require_same_owner(correction)
    with undone_as_one(by):
        with change(Paper, paper_id, verb="correct", by=by, expected=expected, reason=reason) as paper:
            owner, was_open, before = paper.engagement.marking, _is_opened(paper), _approved_of(paper)
            assign_fields(paper, correction)
            wanted = paper.marking
            if was_open and _approved_of(paper) != before and second_person.is_one_person(by):
                paper.marking = owner
            if paper.kind not in SHAREABLE_PAPERS:
                require_not_below(owner, wanted)
        if paper.marking == owner != wanted and was_open:
            with change(Paper, paper_id, verb="correct", by=by, expected=ANY_VERSION, reason=reason) as paper:
                paper.marking = wanted
    return paper


def _is_opened(paper: Paper) -> bool:
    """Tell whether a paper is more open than its engagement."""
    return is_narrower(paper.engagement.marking, than=paper.marking)


def _approved_of(paper: Paper) -> tuple[object, ...]:
    """Return what is approved when a paper is opened further than its engagement."""
    return paper.kind, paper.title, paper.language, paper.text, paper.issued_on


def create_paper(engagement: Engagement, entry: PaperText, *, by: Actor) -> Paper:
    with create(Paper, verb="add", by=by) as paper:
        assign_fields(paper, entry, skip=ABOUT)
        paper.engagement = engagement
        raise_marking_to(paper, engagement, is_shareable=paper.kind in SHAREABLE_PAPERS)
    return paper

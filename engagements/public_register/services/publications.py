"""Publish a period: proposed by one member of staff with what the checker found, decided by another.

What two people agreed on stands in the approval: the digest of each line, so that no text is kept a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engagements.public_register.rules import (
    Finding,
    Publication,
    PublicLine,
    digest_of,
    digest_of_lines,
    findings_of,
)
from engagements.public_register.services.lines import checked_lines
from engagements.reports.services.figures import Period
from sgoffice.approvals.models import Approval
from sgoffice.approvals.services import ProposalEntry, propose
from sgoffice.approvals.vocabulary import ApprovalState
from sgoffice.changes import second_person
from sgoffice.records.actors import Actor, Permission
from sgoffice.records.errors import InvalidEntry, RuleViolation

#: The action that a second person approves.
PUBLISH = "publish_register"
#: The most engagements of one publication: a longer period is published in parts.
MOST_LINES = 5000
_STALE = "What is to be published has changed since this was proposed: refuse it, and ask for a new proposal."


@dataclass(frozen=True, kw_only=True)
class PublicationEntry:
    """The publication of a period."""

    first: date
    last: date
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What the public would read of a period, and what the checker says of it. Nil is published as such."""

    first: date
    last: date
    is_nil: bool
    lines: tuple[PublicLine, ...]
    findings: tuple[Finding, ...]

    @property
    def period(self) -> Period:
        """The period, with its filters."""
        return Period(self.first, self.last)

    @property
    def digests(self) -> dict[str, tuple[str, str]]:
        """The reference and the digest of each line, by id."""
        return {line.id: (line.reference, digest_of(line)) for line in self.lines}


def draft_of(period: Period) -> Draft:
    """Return what the public register of a period says today; only what is public is read for it."""
    checked = checked_lines(period.first, period.last)
    lines = tuple(one.line for one in checked)
    findings = tuple(findings_of(checked))
    return Draft(first=period.first, last=period.last, is_nil=not lines, lines=lines, findings=findings)


def propose_publication(entry: PublicationEntry, *, by: Actor, today: date) -> Approval:
    """Propose to publish a period as it is now; another person decides, and nothing is published before.

    Raises NotPermitted for who does not write, InvalidEntry for a period that is not over or too long, RuleViolation if
    the same waits already.
    """
    by.require(Permission.WRITE)
    if entry.last < entry.first:
        raise InvalidEntry([("/last", "This is before the first day: exchange the two.")])
    if entry.last >= today:
        raise InvalidEntry([("/last", "The period is not over: choose a day in the past.")])
    draft = draft_of(Period(entry.first, entry.last))
    if len(draft.lines) > MOST_LINES:
        raise InvalidEntry([("/last", f"These are more than {MOST_LINES} engagements: publish the period in parts.")])
    content = _content(draft)
    _require_not_waiting(content)
    proposal = propose(ProposalEntry(action=PUBLISH, content=content, purpose=entry.purpose), by=by)
    second_person.note_proposal(proposal)
    return proposal


def require_fresh_lines(content: Mapping[str, object]) -> None:
    """Raise RuleViolation unless the public register of the period still is what was proposed."""
    now = draft_of(_period_of(content))
    if digest_of_lines(now.digests) != content["digest"]:
        raise RuleViolation(_STALE, rule="proposal-is-stale")


def published() -> list[Publication]:
    """Return every period that two people published, the oldest decision first."""
    return [publication for publication, _ in publishing()]


def publishing() -> list[tuple[Publication, Approval]]:
    """Return every period that was published with the approval that did it, the oldest decision first."""
    rows = Approval.objects.live().filter(action=PUBLISH, state=ApprovalState.APPROVED).order_by("decided_at", "pk")
    found = []
    for one in rows.select_related("proposed_by", "decided_by"):
        period = _period_of(one.content)
        lines = {key: (reference, digest) for key, reference, digest in one.content["lines"]}
        if one.decided_at is not None:
            found.append((Publication(period.first, period.last, one.decided_at, lines), one))
    return found


def _content(draft: Draft) -> dict[str, object]:
    return {
        "first": draft.first.isoformat(),
        "last": draft.last.isoformat(),
        "engagements": len(draft.lines),
        "findings": len(draft.findings),
        "digest": digest_of_lines(draft.digests),
        "lines": [[key, reference, digest] for key, (reference, digest) in draft.digests.items()],
    }


def _period_of(content: Mapping[str, object]) -> Period:
    return Period(date.fromisoformat(str(content["first"])), date.fromisoformat(str(content["last"])))


def _require_not_waiting(content: Mapping[str, object]) -> None:
    for key, told in Approval.objects.pending().filter(action=PUBLISH).values_list("reference", "content"):
        if (told["first"], told["last"]) == (content["first"], content["last"]):
            detail = f"The publication of this period waits for a decision: {key}. Decide or withdraw it first."
            raise RuleViolation(detail, rule="proposed-already")

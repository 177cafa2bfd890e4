"""Where an agreement stands after a row of events: each kind of event and what it does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from engagements.agreements.rules.case import Case
from engagements.agreements.rules.events import Event, end_by_notice
from engagements.agreements.vocabulary import ENDED, ActKind, Basis, Status

_STAGES = ("", Status.IN_NEGOTIATION, Status.INITIALLED, Status.SIGNED, Status.APPROVED)


@dataclass
class Standing:
    """What has happened to an agreement so far; each field keeps the event that brought it."""

    case: Case
    stage: str = ""
    lead: Event | None = None
    signed_by: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    is_signed: bool = False
    approval: Event | None = None
    provisional: Event | None = None
    force: Event | None = None
    suspension: Event | None = None
    notice: Event | None = None
    doubt: Event | None = None
    term: Event | None = None
    gone: set[str] = field(default_factory=set)
    ended: str = ""
    end: Event | None = None

    def status(self) -> tuple[str, Event | None]:
        """Return the status, and the event on which it rests."""
        if self.ended:
            return self.ended, self.end
        if self.doubt and self.doubt.kind == ActKind.NOTICE_OF_TERMINATION:
            return Status.NOT_KNOWN, self.doubt
        layers = (
            (Status.SUSPENDED, self.suspension),
            (Status.IN_FORCE, self.force),
            (Status.PROVISIONALLY_APPLIED, self.provisional),
            (Status.NOT_KNOWN, self.doubt),
            (self.stage, self.lead),
        )
        return next(((status, event) for status, event in layers if event is not None), (Status.NOT_KNOWN, None))

    def basis(self) -> str:
        """Return what the status rests on."""
        status, event = self.status()
        if status == Status.NOT_KNOWN or event is None:
            return Basis.NOT_KNOWN
        return Basis.ATTESTED if event.kind == ActKind.ATTESTATION else Basis.COMPUTED

    def advance(self, stage: str, event: Event) -> None:
        """Move on to a stage of the making, never back to an earlier one than signature."""
        if _STAGES.index(stage) >= min(_STAGES.index(self.stage), _STAGES.index(Status.SIGNED)):
            self.stage, self.lead = stage, event

    def finish(self, status: str, event: Event) -> None:
        """End the agreement, unless an act ended it before."""
        if not self.ended or (self.end and self.end.kind == ActKind.ATTESTATION):
            self.ended, self.end = status, event

    def has_all(self, parties: set[str], event: Event) -> bool:
        """Tell whether an act was done by all, as far as the kind of agreement asks for all."""
        is_of_all = event.act is not None and event.act.is_of_all
        return is_of_all or (bool(self.case.parties) and parties >= set(self.case.parties))


def standing_after(events: Iterable[Event], case: Case) -> Standing:
    """Return where an agreement stands after these events, in this order."""
    standing = Standing(case)
    for event in events:
        _DOES[event.kind](standing, event)
    return standing


def _negotiate(standing: Standing, event: Event) -> None:
    if standing.stage in ("", Status.IN_NEGOTIATION):
        standing.advance(Status.IN_NEGOTIATION, event)


def _initial(standing: Standing, event: Event) -> None:
    if standing.stage in ("", Status.IN_NEGOTIATION):
        standing.advance(Status.INITIALLED, event)


def _sign(standing: Standing, event: Event) -> None:
    standing.signed_by |= event.act.parties if event.act else set()
    if standing.has_all(standing.signed_by, event) or not standing.case.is_bilateral:
        standing.is_signed = True
        standing.advance(Status.SIGNED, event)
        if standing.doubt and standing.doubt.kind == ActKind.CONCLUSION:
            standing.doubt = None
    else:
        _negotiate(standing, event)


def _approve(standing: Standing, event: Event) -> None:
    standing.bound |= event.act.parties if event.act else set()
    standing.approval = event
    standing.advance(Status.APPROVED, event)


def _consent(standing: Standing, event: Event) -> None:
    standing.bound |= event.act.parties if event.act else set()
    if standing.has_all(standing.bound, event):
        standing.advance(Status.APPROVED, event)


def _provisionally(standing: Standing, event: Event) -> None:
    if not event.is_derived:
        standing.provisional = event
    elif standing.provisional and standing.provisional.act == event.act:
        standing.provisional = None


def _enter_into_force(standing: Standing, event: Event) -> None:
    if standing.ended and event.is_derived:
        return
    standing.ended, standing.end = "", None
    standing.provisional = None
    if standing.force is None or standing.force.kind == ActKind.ATTESTATION:
        standing.force = event


def _renew(standing: Standing, event: Event) -> None:
    if standing.ended and standing.ended != Status.EXPIRED:
        return
    standing.ended, standing.end = "", None
    standing.term = standing.force = event


def _suspend(standing: Standing, event: Event) -> None:
    standing.suspension = event


def _resume(standing: Standing, event: Event) -> None:
    if standing.suspension and (not event.is_derived or standing.suspension.act == event.act):
        standing.suspension = None


def _give_notice(standing: Standing, event: Event) -> None:
    standing.notice = event
    notice = event.act
    if notice is not None and end_by_notice(notice, standing.case) is None:
        standing.doubt = event


def _withdraw(standing: Standing, event: Event) -> None:
    standing.gone |= event.act.parties if event.act else set()
    if standing.case.is_bilateral or len(set(standing.case.parties) - standing.gone) < 2:  # noqa: PLR2004 - two agree
        standing.finish(Status.TERMINATED, event)


def _expire(standing: Standing, event: Event) -> None:
    """By itself it ends only the term that is running, and only what had begun."""
    term = standing.term.act if standing.term else None
    is_by_notice = event.act is not None and event.act.kind == ActKind.NOTICE_OF_TERMINATION
    has_begun = standing.force or standing.provisional or standing.doubt or standing.stage in _STAGES[3:]
    if not event.is_derived or is_by_notice or (event.act == term and has_begun):
        standing.finish(Status.EXPIRED, event)


def _conclude(standing: Standing, event: Event) -> None:
    if not standing.is_signed:
        standing.doubt = event


def _attest(standing: Standing, event: Event) -> None:
    """Take what somebody says of a day; what acts prove is stronger."""
    status = event.act.attested_status if event.act else Status.IN_FORCE
    if standing.ended and standing.end and standing.end.kind != ActKind.ATTESTATION:
        return
    if status in ENDED:
        standing.finish(status, event)
        return
    standing.ended, standing.end = "", None
    if status in _STAGES[1:]:
        if _STAGES.index(status) > _STAGES.index(standing.stage) or _is_attested(standing.lead):
            standing.stage, standing.lead = status, event
        return
    _attest_operation(standing, status, event)


def _attest_operation(standing: Standing, status: str, event: Event) -> None:
    if status == Status.IN_FORCE:
        if _is_attested(standing.suspension):
            standing.suspension = None
        was_open = standing.doubt is not None and standing.doubt.kind == ActKind.NOTICE_OF_TERMINATION
        if was_open or standing.force is None or _is_attested(standing.force):
            standing.force, standing.doubt = event, None
    elif status == Status.SUSPENDED:
        standing.suspension = standing.suspension or event
    elif status == Status.PROVISIONALLY_APPLIED:
        standing.provisional = standing.provisional or event


def _is_attested(event: Event | None) -> bool:
    return event is not None and event.kind == ActKind.ATTESTATION


def _ending(status: str) -> Callable[[Standing, Event], None]:
    return lambda standing, event: standing.finish(status, event)


_DOES: dict[str, Callable[[Standing, Event], None]] = {
    ActKind.NEGOTIATION_MANDATE: _negotiate,
    ActKind.SIGNING_MANDATE: _negotiate,
    ActKind.ADOPTION: _negotiate,
    ActKind.OPENED_FOR_SIGNATURE: _negotiate,
    ActKind.INITIALLING: _initial,
    ActKind.SIGNATURE: _sign,
    ActKind.APPROVAL: _approve,
    ActKind.RATIFICATION: _consent,
    ActKind.ACCEPTANCE: _consent,
    ActKind.ACCESSION: _consent,
    ActKind.NOTIFICATION: _consent,
    ActKind.PROVISIONAL_APPLICATION: _provisionally,
    ActKind.ENTRY_INTO_FORCE: _enter_into_force,
    ActKind.RENEWAL: _renew,
    ActKind.SUSPENSION: _suspend,
    ActKind.RESUMPTION: _resume,
    ActKind.NOTICE_OF_TERMINATION: _give_notice,
    ActKind.WITHDRAWAL: _withdraw,
    ActKind.TERMINATION: _ending(Status.TERMINATED),
    ActKind.EXPIRY: _expire,
    ActKind.LAPSE: _ending(Status.LAPSED),
    ActKind.SUPERSESSION: _ending(Status.SUPERSEDED),
    ActKind.CONCLUSION: _conclude,
    ActKind.ATTESTATION: _attest,
}

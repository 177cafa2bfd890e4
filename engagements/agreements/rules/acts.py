"""What each kind of act means: `ACTS` is the one table, its effects work on the state of an agreement.

A new kind of act needs its name in `vocabulary.py`, a row here and, if people take it as a step, a declaration in
`services/steps.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from engagements.agreements.rules.case import STAGES, ActFact, Case, Event, State
from engagements.agreements.rules.days import Window
from engagements.agreements.vocabulary import ENDED, ActKind, Status


def state_after(events: Iterable[Event], case: Case) -> State:
    """Return the state after these events, in this order."""
    state = State(case)
    for event in events:
        effect = ACTS[ActKind(event.kind)].effect
        if effect is not None:
            effect(state, event)
    return state


def _negotiate(state: State, event: Event) -> None:
    if state.stage in ("", Status.IN_NEGOTIATION):
        state.advance(Status.IN_NEGOTIATION, event)


def _initial(state: State, event: Event) -> None:
    if state.stage in ("", Status.IN_NEGOTIATION):
        state.advance(Status.INITIALLED, event)


def _sign(state: State, event: Event) -> None:
    state.signed_by |= event.parties
    if state.is_complete(state.signed_by, event) or not state.case.is_bilateral:
        state.is_signed = True
        state.advance(Status.SIGNED, event)
        if state.doubt and state.doubt.kind == ActKind.CONCLUSION:
            state.doubt = None
    else:
        _negotiate(state, event)


def _approve(state: State, event: Event) -> None:
    state.consented |= event.parties
    state.approval = event
    state.advance(Status.APPROVED, event)


def _consent(state: State, event: Event) -> None:
    state.consented |= event.parties
    if state.is_complete(state.consented, event):
        state.advance(Status.APPROVED, event)


def _apply_provisionally(state: State, event: Event) -> None:
    if not event.is_derived:
        state.revive()
        state.provisional = event
    elif state.provisional and state.provisional.act == event.act:
        state.provisional = None


def _enter_into_force(state: State, event: Event) -> None:
    if state.ended and event.is_derived:
        return
    state.revive()
    state.provisional = None
    if state.force is None or _is_attested(state.force):
        state.force = event


def _renew(state: State, event: Event) -> None:
    if state.ended and state.ended != Status.EXPIRED:
        return
    state.revive()
    state.renewal = state.force = event


def _suspend(state: State, event: Event) -> None:
    state.suspension = event


def _resume(state: State, event: Event) -> None:
    if state.suspension and (not event.is_derived or state.suspension.act == event.act):
        state.suspension = None
    elif not event.is_derived:
        _revoke(state, event)


def _revoke(state: State, event: Event) -> None:
    """Take back a notice that has not taken effect; what it would have brought is no event (revocations.py)."""
    if state.notice and state.notice.act and concerns(event.act, state.notice.act):
        if state.doubt == state.notice:
            state.doubt = None
        state.notice = None


def _give_notice(state: State, event: Event) -> None:
    state.notice = event
    if not event.has_known_end:
        state.doubt = event


def _withdraw(state: State, event: Event) -> None:
    state.withdrawn |= event.parties
    if state.case.is_bilateral or len(set(state.case.parties) - state.withdrawn) < 2:  # noqa: PLR2004 - it takes two
        state.finish(Status.TERMINATED, event)


def _expire(state: State, event: Event) -> None:
    """End the agreement; a derived expiry ends only the running term, and only once the agreement has begun."""
    running = state.renewal.act if state.renewal else None
    is_by_notice = event.act is not None and event.act.kind == ActKind.NOTICE_OF_TERMINATION
    has_begun = state.force or state.provisional or state.doubt or state.stage in STAGES[3:]
    if not event.is_derived or is_by_notice or (event.act == running and has_begun):
        state.finish(Status.EXPIRED, event)


def _terminate(state: State, event: Event) -> None:
    state.finish(Status.TERMINATED, event)


def _lapse(state: State, event: Event) -> None:
    state.finish(Status.LAPSED, event)


def _supersede(state: State, event: Event) -> None:
    state.finish(Status.SUPERSEDED, event)


def _conclude(state: State, event: Event) -> None:
    if not state.is_signed:
        state.doubt = event


def _attest(state: State, event: Event) -> None:
    """Set the attested status, unless acts prove another: proof outweighs attestation."""
    status = event.act.attested_status if event.act else Status.IN_FORCE
    if state.ended and state.end and not _is_attested(state.end):
        return
    if status in ENDED:
        state.finish(status, event)
        return
    state.revive()
    if status in STAGES[1:]:
        if STAGES.index(status) > STAGES.index(state.stage) or _is_attested(state.stage_event):
            state.stage, state.stage_event = status, event
    elif status == Status.IN_FORCE:
        _attest_force(state, event)
    elif status == Status.SUSPENDED:
        state.suspension = state.suspension or event
    elif status == Status.PROVISIONALLY_APPLIED:
        state.provisional = state.provisional or event


def _attest_force(state: State, event: Event) -> None:
    if _is_attested(state.suspension):
        state.suspension = None
    is_in_doubt = state.doubt is not None and state.doubt.kind == ActKind.NOTICE_OF_TERMINATION
    if is_in_doubt or state.force is None or _is_attested(state.force):
        state.force, state.doubt = event, None


def concerns(act: ActFact | None, other: ActFact) -> bool:
    """Tell whether an act is of a party of the other one; an act of all parties is of each of them."""
    return act is None or not act.parties or not other.parties or bool(act.parties & other.parties)


def _is_attested(event: Event | None) -> bool:
    return event is not None and event.kind == ActKind.ATTESTATION


class CountsFrom(Enum):
    """The day from which an act counts: its own or that of its effect; the other one where that is not known."""

    DATE = "date"
    EFFECT = "effect"
    #: A renewal done in time stops the end on its own day; done late, it counts from its effect.
    EARLIER = "earlier"


_ANY = frozenset(Status)
_NOT_ENDED = _ANY - ENDED


@dataclass(frozen=True)
class ActRule:
    """One row of `ACTS`.

    `verb` opens the sentence that says why an agreement has its status, `refusal` ends the one that refuses a step in
    other statuses than `allowed_in`, `article` is the one of the Vienna Convention that the refusal cites. Without an
    `effect` the status never changes. `ends`: no notice of termination given before has an end of its own any more.
    `announces`: the day of effect is never before the day of the act.
    """

    verb: str = ""
    effect: Callable[[State, Event], None] | None = None
    counts_from: CountsFrom = CountsFrom.EFFECT
    allowed_in: frozenset[str] = _ANY
    refusal: str = ""
    article: str = ""
    ends: bool = False
    announces: bool = False


_BY_DATE = CountsFrom.DATE
ACTS: dict[ActKind, ActRule] = {
    ActKind.NEGOTIATION_MANDATE: ActRule(
        "Negotiations were authorized", _negotiate, _BY_DATE, _NOT_ENDED, "negotiations cannot be authorized"
    ),
    ActKind.SIGNING_MANDATE: ActRule(
        "Signature was authorized", _negotiate, _BY_DATE, _NOT_ENDED, "signature cannot be authorized"
    ),
    ActKind.INITIALLING: ActRule("Initialled", _initial, _BY_DATE, _NOT_ENDED, "it cannot be initialled"),
    ActKind.ADOPTION: ActRule(
        "The text was adopted", _negotiate, _BY_DATE, _NOT_ENDED, "its text cannot be adopted"
    ),
    ActKind.OPENED_FOR_SIGNATURE: ActRule(
        "Opened for signature", _negotiate, _BY_DATE, _NOT_ENDED, "it cannot be opened for signature"
    ),
    ActKind.SIGNATURE: ActRule("Signed", _sign, _BY_DATE, _NOT_ENDED, "it cannot be signed"),
    ActKind.APPROVAL: ActRule("Approved", _approve, _BY_DATE, _NOT_ENDED, "it cannot be approved"),
    ActKind.RATIFICATION: ActRule("Ratified", _consent, _BY_DATE, _NOT_ENDED, "it cannot be ratified"),
    ActKind.ACCEPTANCE: ActRule("Accepted", _consent, _BY_DATE, _NOT_ENDED, "it cannot be accepted"),
    ActKind.ACCESSION: ActRule("Acceded to", _consent, _BY_DATE, _NOT_ENDED, "nobody can accede to it"),
    ActKind.NOTIFICATION: ActRule("Notified", _consent, _BY_DATE, _NOT_ENDED, "no party can notify"),
    ActKind.PROVISIONAL_APPLICATION: ActRule(
        "Provisionally applied since", _apply_provisionally, allowed_in=_NOT_ENDED,
        refusal="it cannot be applied provisionally", article="Article 25",
    ),
    ActKind.ENTRY_INTO_FORCE: ActRule(
        "In force since", _enter_into_force, allowed_in=_NOT_ENDED - {Status.IN_FORCE, Status.SUSPENDED},
        refusal="it cannot enter into force", article="Article 24",
    ),
    ActKind.REGISTRATION: ActRule(),
    ActKind.AMENDMENT: ActRule(),
    ActKind.RENEWAL: ActRule(
        "Renewed", _renew, CountsFrom.EARLIER, _NOT_ENDED | {Status.EXPIRED}, "it cannot be renewed"
    ),
    ActKind.SUSPENSION: ActRule(
        "Suspended", _suspend, allowed_in=_NOT_ENDED - {Status.SUSPENDED},
        refusal="it cannot be suspended", article="Article 57",
    ),
    ActKind.RESUMPTION: ActRule(
        "Resumed", _resume, allowed_in=frozenset({Status.SUSPENDED, Status.NOT_KNOWN}),
        refusal="it cannot be resumed", article="Article 72",
    ),
    ActKind.NOTICE_OF_TERMINATION: ActRule(
        "Notice of termination was given", _give_notice, _BY_DATE, _NOT_ENDED,
        "notice of termination cannot be given", "Article 56", announces=True,
    ),
    ActKind.REVOCATION: ActRule(
        "The notice was revoked", _revoke, _BY_DATE, _NOT_ENDED, "no notice can be revoked", "Article 68"
    ),
    ActKind.WITHDRAWAL: ActRule(
        "Ended by the withdrawal", _withdraw, allowed_in=_NOT_ENDED,
        refusal="no party can withdraw", article="Article 54", ends=True, announces=True,
    ),
    ActKind.TERMINATION: ActRule(
        "Terminated", _terminate, allowed_in=_NOT_ENDED,
        refusal="it cannot be terminated", article="Article 54", ends=True, announces=True,
    ),
    ActKind.EXPIRY: ActRule("Expired", _expire, ends=True),
    ActKind.LAPSE: ActRule("Lapsed", _lapse, allowed_in=_NOT_ENDED, refusal="it cannot lapse", ends=True),
    ActKind.SUPERSESSION: ActRule(
        "Superseded", _supersede, allowed_in=_NOT_ENDED,
        refusal="it cannot be superseded", article="Article 59", ends=True,
    ),
    ActKind.CONCLUSION: ActRule("Concluded", _conclude, _BY_DATE),
    ActKind.ATTESTATION: ActRule("", _attest, _BY_DATE),
    ActKind.MILESTONE: ActRule(),
}  # fmt: skip


def effective_window(act: ActFact) -> Window | None:
    """Return when an act counts; None when no date of it is known."""
    counts_from = ACTS[ActKind(act.kind)].counts_from
    if counts_from is CountsFrom.DATE:
        return act.date or act.effect
    if counts_from is CountsFrom.EFFECT:
        return act.effect or act.date
    windows = [window for window in (act.date, act.effect) if window is not None]
    return min(windows, key=lambda window: (window.latest, window.earliest), default=None)

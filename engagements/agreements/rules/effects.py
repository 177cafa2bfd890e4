"""What each kind of act does to the state of an agreement; `acts.ACTS` says which kind has which effect."""

from engagements.agreements.rules.case import STAGES, ActFact, Event, State
from engagements.agreements.vocabulary import ENDED, ActKind, Status


def negotiate(state: State, event: Event) -> None:
    if state.stage in ("", Status.IN_NEGOTIATION):
        state.advance(Status.IN_NEGOTIATION, event)


def initial(state: State, event: Event) -> None:
    if state.stage in ("", Status.IN_NEGOTIATION):
        state.advance(Status.INITIALLED, event)


def sign(state: State, event: Event) -> None:
    state.signed_by |= event.parties
    if state.is_complete(state.signed_by, event) or not state.case.is_bilateral:
        state.is_signed, state.signature = True, event
        state.advance(Status.SIGNED, event)
        if state.doubt and state.doubt.kind == ActKind.CONCLUSION:
            state.doubt = None
    else:
        negotiate(state, event)


def approve(state: State, event: Event) -> None:
    state.consented |= event.parties
    state.approvals.append(event)
    state.advance(Status.APPROVED, event)


def consent(state: State, event: Event) -> None:
    state.consented |= event.parties
    state.consents.append(event)
    state.withdrawn -= event.parties
    if state.is_complete(state.consented, event):
        state.advance(Status.APPROVED, event)


def apply_provisionally(state: State, event: Event) -> None:
    if not event.is_derived:
        state.revive()
        state.settle()
        state.provisional = event
    elif state.provisional and state.provisional.act == event.act:
        state.provisional = None


def enter_into_force(state: State, event: Event) -> None:
    is_of_one = not event.is_derived and event.act not in state.case.entries
    if state.ended and (event.is_derived or is_of_one):
        return
    state.revive()
    state.provisional = None
    state.settle()
    if state.force is None or _is_attested(state.force):
        state.force = event


def renew(state: State, event: Event) -> None:
    if event.is_derived:
        _grow_old(state, event)
        return
    if state.ended and state.ended != Status.EXPIRED:
        return
    state.revive()
    state.settle()
    state.renewal = state.force = event


def suspend(state: State, event: Event) -> None:
    state.settle()
    state.suspension = event


def resume(state: State, event: Event) -> None:
    if state.is_unsure_of(Status.SUSPENDED) and not event.is_derived:
        state.doubt = None
    if state.suspension and (not event.is_derived or state.suspension.act == event.act):
        state.suspension = None
    elif not event.is_derived:
        revoke(state, event)


def revoke(state: State, event: Event) -> None:
    """Take back a notice that has not taken effect; what it would have brought is no event (revocations.py)."""
    if state.notice and state.notice.act and concerns(event.act, state.notice.act):
        if state.doubt == state.notice:
            state.doubt = None
        state.notice = None


def give_notice(state: State, event: Event) -> None:
    state.notice = event
    if not event.has_known_end:
        state.doubt = event


def withdraw(state: State, event: Event) -> None:
    state.withdrawn |= event.parties
    if state.case.is_bilateral or len(set(state.case.parties) - state.withdrawn) < 2:  # noqa: PLR2004 - it takes two
        state.finish(Status.TERMINATED, event)


def expire(state: State, event: Event) -> None:
    """End the agreement; a derived expiry ends only the running term, and only once the agreement has begun."""
    running = state.renewal.act if state.renewal else None
    is_by_notice = event.act is not None and event.act.kind == ActKind.NOTICE_OF_TERMINATION
    begun = (state.force, state.provisional, state.suspension, state.doubt)
    has_begun = any(begun) or state.stage in STAGES[3:]
    if not event.is_derived or is_by_notice or (event.act == running and has_begun):
        state.finish(Status.EXPIRED, event)


def terminate(state: State, event: Event) -> None:
    state.finish(Status.TERMINATED, event)


def lapse(state: State, event: Event) -> None:
    state.finish(Status.LAPSED, event)


def supersede(state: State, event: Event) -> None:
    """End the agreement, unless nobody knows whether the one that supersedes it is in force."""
    if not event.has_known_end:
        state.successor = event
        return
    state.finish(Status.SUPERSEDED, event)


def conclude(state: State, event: Event) -> None:
    if not state.is_signed:
        state.doubt = event


def attest(state: State, event: Event) -> None:
    """Set the attested status, unless acts prove another: proof outweighs attestation."""
    status = event.act.attested_status if event.act else Status.IN_FORCE
    if event.is_derived:
        _grow_old(state, event)
    elif state.ended and state.end and not _is_attested(state.end):
        is_later = event.window.earliest > state.end.window.latest
        state.contradiction = event if is_later and status not in ENDED else None
    elif status in ENDED:
        state.finish(status, event)
    else:
        state.revive()
        _attest_running(state, status, event)


def _attest_running(state: State, status: str, event: Event) -> None:
    if status in STAGES[1:]:
        if STAGES.index(status) > STAGES.index(state.stage) or _is_attested(state.stage_event):
            state.stage, state.stage_event = status, event
    elif status == Status.IN_FORCE:
        _attest_force(state, event)
    elif status == Status.SUSPENDED:
        state.settle()
        state.suspension = event if _is_attested(state.suspension) else state.suspension or event
    elif status == Status.PROVISIONALLY_APPLIED:
        state.settle()
        state.provisional = event if _is_attested(state.provisional) else state.provisional or event


def _grow_old(state: State, event: Event) -> None:
    """Doubt what a statement of one day said, once it is too long ago and nothing else proves the same."""
    if state.ended:
        return
    lead = state.status()[1]
    if lead is not None and lead.act == event.act:
        state.doubt = event
    if state.force and state.force.act == event.act:
        state.force = None
    if state.provisional and state.provisional.act == event.act:
        state.provisional = None
    if state.suspension and state.suspension.act == event.act:
        state.suspension = None


def _attest_force(state: State, event: Event) -> None:
    if _is_attested(state.suspension):
        state.suspension = None
    doubt = state.doubt
    is_in_doubt = doubt is not None and (doubt.is_aged or doubt.kind == ActKind.NOTICE_OF_TERMINATION)
    if is_in_doubt or state.force is None or _is_attested(state.force):
        state.doubt = None
        if state.force is None or _is_attested(state.force) or not (doubt and doubt.is_aged):
            state.force = event


def concerns(act: ActFact | None, other: ActFact) -> bool:
    """Tell whether an act is of a party of the other one; an act of all parties is of each of them."""
    return act is None or not act.parties or not other.parties or bool(act.parties & other.parties)


def _is_attested(event: Event | None) -> bool:
    return event is not None and event.kind == ActKind.ATTESTATION

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
    """Note a consent on its day; a party that had left is bound again on the day of its effect (a derived event)."""
    if event.is_derived:
        state.return_of(event.parties)
        return
    state.consented |= event.parties
    state.consents.append(event)
    if event.act is None or event.act.effect is None or event.act.effect.earliest <= event.window.latest:
        state.return_of(event.parties)
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
    state.return_of(event.parties if is_of_one else ())
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
    """Suspend the agreement; of several parties one suspends it for itself alone."""
    if event.parties and not state.case.is_bilateral:
        state.suspended_for |= dict.fromkeys(event.parties, event)
        return
    state.settle()
    state.suspension = event


def resume(state: State, event: Event) -> None:
    """Lift suspensions: one party of several lifts its own, all of them together lift theirs and everybody's."""
    is_of_one = bool(event.parties) and not event.is_derived and not state.case.is_bilateral
    ended = [
        party
        for party, suspension in state.suspended_for.items()
        if suspension.act
        and concerns(event.act, suspension.act)
        and (not event.is_derived or suspension.act == event.act)
    ]
    if ended:
        state.suspended_for = {key: one for key, one in state.suspended_for.items() if key not in ended}
        if event.is_derived or event.parties:
            return
    elif is_of_one:
        revoke(state, event)
        return
    if state.is_unsure_of(Status.SUSPENDED) and not event.is_derived:
        state.doubt = None
    if state.suspension and (not event.is_derived or state.suspension.act == event.act):
        state.suspension = None
    elif not event.is_derived and not ended:
        revoke(state, event)


def revoke(state: State, event: Event) -> None:
    """Take back a notice that has not taken effect; what it would have brought is no event (revocations.py)."""
    state.notices = [one for one in state.notices if not (one.act and concerns(event.act, one.act))]
    if state.notice and state.notice.act and concerns(event.act, state.notice.act):
        if state.doubt == state.notice:
            state.doubt = None
        state.notice = None


def give_notice(state: State, event: Event) -> None:
    state.notice = event
    state.notices.append(event)
    is_of_one = bool(event.parties) and not state.case.is_bilateral
    if not event.has_known_end and (not is_of_one or state.may_be_left_by_most):
        state.doubt = event


def withdraw(state: State, event: Event) -> None:
    """End an agreement of two; of several parties one leaves, and the agreement goes on among the others.

    Whether it goes on among parties that are not recorded, where fewer than two are left, nobody says (Vienna
    Convention on the Law of Treaties, Article 55).
    """
    if state.case.is_bilateral:
        state.finish(Status.TERMINATED, event)
        return
    state.left |= dict.fromkeys(event.parties, event)
    state.suspended_for = {key: one for key, one in state.suspended_for.items() if key not in event.parties}
    state.notices = [one for one in state.notices if not one.parties or not one.parties <= event.parties]
    if state.notice and state.notice not in state.notices:
        state.notice = None
    if state.doubt and state.doubt.parties and state.doubt.parties <= event.parties:
        state.doubt = None
    if state.is_left_by_most:
        state.doubt = event


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
        if is_later and status not in ENDED:
            state.contradiction = event
        elif _is_attested(state.contradiction):
            state.contradiction = None  # a later statement agrees with the end again; an act stays what it is
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
    is_in_doubt = doubt is not None and (
        doubt.is_aged or doubt.kind in (ActKind.NOTICE_OF_TERMINATION, ActKind.WITHDRAWAL)
    )
    if is_in_doubt or state.force is None or _is_attested(state.force):
        state.doubt = None
        if state.force is None or _is_attested(state.force) or not (doubt and doubt.is_aged):
            state.force = event


def concerns(act: ActFact | None, other: ActFact) -> bool:
    """Tell whether an act is of a party of the other one; an act of all parties is of each of them."""
    return act is None or not act.parties or not other.parties or bool(act.parties & other.parties)


def _is_attested(event: Event | None) -> bool:
    return event is not None and event.kind == ActKind.ATTESTATION

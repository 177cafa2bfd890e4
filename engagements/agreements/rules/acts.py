"""What each kind of act means: `ACTS` is the one table, its effects work on the state of an agreement.

A new kind of act needs its name in `vocabulary.py`, a row here and, if people take it as a step, a declaration in
`services/steps.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from engagements.agreements.rules import effects
from engagements.agreements.rules.case import ActFact, Case, Event, State
from engagements.agreements.rules.days import Window
from engagements.agreements.vocabulary import ENDED, ActKind, Status


def state_after(events: Iterable[Event], case: Case) -> State:
    """Return the state after these events, in this order."""
    state = State(case)
    for event in events:
        effect, end = ACTS[ActKind(event.kind)].effect, state.end
        if effect is not None:
            effect(state, event)
        if end is not None and state.end == end and _comes_too_late(event, end):
            state.contradiction = event
    return state


def _comes_too_late(event: Event, end: Event) -> bool:
    """Tell whether somebody states of a day after the end what then could not happen any more."""
    if event.act is None or event.kind != event.act.kind or event.is_derived or event.kind in _AFTER_AN_END:
        return False
    if event.kind == ActKind.SUPERSESSION and end.kind == ActKind.EXPIRY:
        return False  # a new agreement takes the place of one that has expired
    announced = event.act.date if ACTS[ActKind(event.kind)].announces else None
    done = announced or event.window
    return done.earliest > end.window.latest


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


#: What contradicts no end: talks about a new text; statements say themselves what they contradict.
_AFTER_AN_END = frozenset({
    ActKind.NEGOTIATION_MANDATE, ActKind.SIGNING_MANDATE, ActKind.INITIALLING, ActKind.ADOPTION,
    ActKind.OPENED_FOR_SIGNATURE, ActKind.CONCLUSION, ActKind.ATTESTATION,
})  # fmt: skip
_BY_DATE = CountsFrom.DATE
ACTS: dict[ActKind, ActRule] = {
    ActKind.NEGOTIATION_MANDATE: ActRule(
        "Negotiations were authorized", effects.negotiate, _BY_DATE, _NOT_ENDED, "negotiations cannot be authorized"
    ),
    ActKind.SIGNING_MANDATE: ActRule(
        "Signature was authorized", effects.negotiate, _BY_DATE, _NOT_ENDED, "signature cannot be authorized"
    ),
    ActKind.INITIALLING: ActRule("Initialled", effects.initial, _BY_DATE, _NOT_ENDED, "it cannot be initialled"),
    ActKind.ADOPTION: ActRule(
        "The text was adopted", effects.negotiate, _BY_DATE, _NOT_ENDED, "its text cannot be adopted"
    ),
    ActKind.OPENED_FOR_SIGNATURE: ActRule(
        "Opened for signature", effects.negotiate, _BY_DATE, _NOT_ENDED, "it cannot be opened for signature"
    ),
    ActKind.SIGNATURE: ActRule("Signed", effects.sign, _BY_DATE, _NOT_ENDED, "it cannot be signed"),
    ActKind.APPROVAL: ActRule("Approved", effects.approve, _BY_DATE, _NOT_ENDED, "it cannot be approved"),
    ActKind.RATIFICATION: ActRule("Ratified", effects.consent, _BY_DATE, _NOT_ENDED, "it cannot be ratified"),
    ActKind.ACCEPTANCE: ActRule("Accepted", effects.consent, _BY_DATE, _NOT_ENDED, "it cannot be accepted"),
    ActKind.ACCESSION: ActRule("Acceded to", effects.consent, _BY_DATE, _NOT_ENDED, "nobody can accede to it"),
    ActKind.NOTIFICATION: ActRule("Notified", effects.consent, _BY_DATE, _NOT_ENDED, "no party can notify"),
    ActKind.PROVISIONAL_APPLICATION: ActRule(
        "Provisionally applied since", effects.apply_provisionally, allowed_in=_NOT_ENDED,
        refusal="it cannot be applied provisionally", article="Article 25",
    ),
    ActKind.ENTRY_INTO_FORCE: ActRule(
        "In force since", effects.enter_into_force, allowed_in=_NOT_ENDED - {Status.IN_FORCE, Status.SUSPENDED},
        refusal="it cannot enter into force", article="Article 24",
    ),
    ActKind.REGISTRATION: ActRule(),
    ActKind.AMENDMENT: ActRule(),
    ActKind.RENEWAL: ActRule(
        "Renewed", effects.renew, CountsFrom.EARLIER, _NOT_ENDED | {Status.EXPIRED}, "it cannot be renewed"
    ),
    ActKind.SUSPENSION: ActRule(
        "Suspended", effects.suspend, allowed_in=_NOT_ENDED - {Status.SUSPENDED},
        refusal="it cannot be suspended", article="Article 57",
    ),
    ActKind.RESUMPTION: ActRule(
        "Resumed", effects.resume, allowed_in=frozenset({Status.SUSPENDED, Status.NOT_KNOWN}),
        refusal="it cannot be resumed", article="Article 72",
    ),
    ActKind.NOTICE_OF_TERMINATION: ActRule(
        "Notice of termination was given", effects.give_notice, _BY_DATE, _NOT_ENDED,
        "notice of termination cannot be given", "Article 56", announces=True,
    ),
    ActKind.REVOCATION: ActRule(
        "The notice was revoked", effects.revoke, _BY_DATE, _NOT_ENDED, "no notice can be revoked", "Article 68"
    ),
    ActKind.WITHDRAWAL: ActRule(
        "Ended by the withdrawal", effects.withdraw, allowed_in=_NOT_ENDED,
        refusal="no party can withdraw", article="Article 54", ends=True, announces=True,
    ),
    ActKind.TERMINATION: ActRule(
        "Terminated", effects.terminate, allowed_in=_NOT_ENDED,
        refusal="it cannot be terminated", article="Article 54", ends=True, announces=True,
    ),
    ActKind.EXPIRY: ActRule("Expired", effects.expire, ends=True),
    ActKind.LAPSE: ActRule("Lapsed", effects.lapse, allowed_in=_NOT_ENDED, refusal="it cannot lapse", ends=True),
    ActKind.SUPERSESSION: ActRule(
        "Superseded", effects.supersede, allowed_in=_NOT_ENDED,
        refusal="it cannot be superseded", article="Article 59", ends=True,
    ),
    ActKind.CONCLUSION: ActRule("Concluded", effects.conclude, _BY_DATE),
    ActKind.ATTESTATION: ActRule("", effects.attest, _BY_DATE),
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

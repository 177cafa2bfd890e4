"""The sentence why an agreement has its status on a day: what is recorded, and what is not.

Sentences leave parties and bodies as `{party:key}` and `{body:key}`, since names change: `with_names` fills them in
when read.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date

from engagements.agreements.rules.acts import ACTS, effective_window
from engagements.agreements.rules.agreed_texts import how_it_enters
from engagements.agreements.rules.case import STAGES, ActFact, Case, Clause, Event, State, is_statement
from engagements.agreements.rules.clauses import Outcome, clause_in_words, evaluate_clause
from engagements.agreements.rules.days import Window
from engagements.agreements.rules.departures import departures
from engagements.agreements.rules.events import end_of_first_term, expected_entry, is_silent
from engagements.agreements.rules.signatures import missing_signatures, signed_by
from engagements.agreements.rules.wording import (
    according_to,
    by_whom,
    consented,
    enumerated,
    last_stated,
    lowered,
    stated_without_date,
    uncertain,
)
from engagements.agreements.vocabulary import ENDED, ActKind, Status

_NAME = re.compile(r"\{(party|body):([0-9A-Za-z-]{1,64})\}")
_AGAIN = "; when it enters into force again is not recorded"
_UNKNOWN = {
    ActKind.CONCLUSION: "whether by signature, by entry into force or by another act is not known",
    ActKind.NOTICE_OF_TERMINATION: "when it takes effect is not known",
    ActKind.WITHDRAWAL: "whether it goes on among others is not known",
}


def with_names(sentence: str, names: Callable[[str, str], str]) -> str:
    """Return the sentence with `names("party" | "body", key)` in place of each key."""
    return _NAME.sub(lambda match: names(match[1], match[2]), sentence)


def explain(state: State, before: Window | None = None, on: date = date.min) -> str:
    """Return the sentence of a state that begins on a day.

    `before` is when the first thing that is recorded happened, if it lies ahead.
    """
    status, event = state.status()
    if event is None and state.consents:
        return f"{consented(state.consents)}{_expected_entry(state, state.consents[-1], on)}."
    if event is None:
        return _without_events(state.case, before)
    if event.is_aged and event.act is not None and status == Status.NOT_KNOWN:
        return f"{last_stated(event.act)}{_done_since(state, event.act)}."
    if event.kind == ActKind.WITHDRAWAL and status == Status.NOT_KNOWN:
        return f"{_left_by(state, on)}; {_UNKNOWN[ActKind.WITHDRAWAL]}."
    text = _what_happened(event, with_who=status != Status.SIGNED) + signed_by(state, status, event)
    if status == Status.NOT_KNOWN:
        stated = stated_without_date(state.case)
        return f"{text}; {_UNKNOWN[ActKind(event.kind)]}{f'; {stated}' if stated else ''}."
    if event.kind != ActKind.ATTESTATION:
        text += _how(event, state.case)
    if state.case.attestations_hold and is_statement(event.act, state.case) and status not in ENDED:
        text += _nothing_newer(event, state.case)
    return f"{text}{_what_else(state, status, event, on)}."


def _left_by(state: State, on: date) -> str:
    """Return what held before most of the recorded parties left, and who left."""
    begun = state.suspension or state.force or state.provisional or state.stage_event
    if begun is None:
        left = departures(state, on).removeprefix("; ")
        return left[:1].upper() + left[1:]
    return f"{_what_happened(begun, with_who=True)}{_how(begun, state.case)}{departures(state, on)}"


def _what_else(state: State, status: str, event: Event, on: date) -> str:
    """Return what is recorded and what is missing on the way to the next status."""
    if status in (Status.SIGNED, Status.APPROVED, Status.PROVISIONALLY_APPLIED):
        others = _other_stage(state, event) + _consents_beside(state, event)
        return others + _expected_entry(state, event, on) + _unstarted_term(state.case)
    if status == Status.IN_NEGOTIATION:
        return _consents_beside(state, event) + missing_signatures(state)
    if status in (Status.IN_FORCE, Status.SUSPENDED):
        return departures(state, on) + _unstarted_term(state.case) + _successor(state)
    return _contradicted(state)


def _consents_beside(state: State, event: Event) -> str:
    """Return who ratified or acceded, where what stands is that the text was signed, or is not signed by all."""
    is_beside = event.kind in (ActKind.SIGNATURE, ActKind.ADOPTION, ActKind.OPENED_FOR_SIGNATURE)
    return f"; {lowered(consented(state.consents))}" if is_beside and state.consents else ""


def _contradicted(state: State) -> str:
    """Say what is stated of a later day that cannot be of what has ended."""
    event = state.contradiction
    if event is None or event.act is None:
        return ""
    if event.kind != ActKind.ATTESTATION:
        return f"; {lowered(_what_happened(event, with_who=True))}, which contradicts it"
    status = Status(event.act.attested_status).label.lower()
    return f"; {status} {event.when}{according_to(event.act)}{uncertain(event.act)}, which contradicts it"


def _done_since(state: State, act: ActFact) -> str:
    """Return what was done after a statement that has grown old."""
    done, stated = state.stage_event, effective_window(act)
    if done is None or stated is None or done.window.earliest <= stated.latest:
        return ""
    return f"; {lowered(_what_happened(done, with_who=state.stage != Status.SIGNED))}"


def _unstarted_term(case: Case) -> str:
    """Say that a duration counts from nothing that is recorded."""
    if case.duration is None or end_of_first_term(case) is not None or case.of_kind(ActKind.RENEWAL):
        return ""
    outcome = expected_entry(case)
    if outcome is not None and not outcome.is_met:
        return ""  # the sentence says what the entry into force waits for
    return f"; its term of {case.duration} counts from its entry into force, the day of which is not recorded"


def _nothing_newer(event: Event, case: Case) -> str:
    """Return until when nothing else is recorded after a statement of one day."""
    windows = [effective_window(act) for act in case.acts if not is_silent(act)]
    newer = [window for window in windows if window is not None and window.earliest > event.window.latest]
    if not newer:
        return "; nothing newer is recorded"
    return f"; nothing newer is recorded before {min(newer, key=lambda one: (one.earliest, one.latest))}"


def _without_events(case: Case, before: Window | None) -> str:
    if before is not None and not before.is_unbounded:
        first = Window.on(before.earliest) if str(before).startswith("a ") else before
        return f"Nothing about its status is recorded before {first}."
    stated = stated_without_date(case)
    return f"Not known: {stated}." if stated else "Nothing is recorded about its status."


def explain_window(state: State, events: list[Event]) -> str:
    """Return the sentence for days inside imprecise dates: what is certain, then what may have happened."""
    status, lead = state.status()
    parts = []
    if lead is not None and lead.is_aged and lead.act is not None and status == Status.NOT_KNOWN:
        parts.append(last_stated(lead.act))
    elif lead is not None and lead.kind == ActKind.WITHDRAWAL and status == Status.NOT_KNOWN:
        parts.append(_left_by(state, lead.window.latest))
    elif lead is not None:
        parts.append(_what_happened(lead, with_who=status != Status.SIGNED) + signed_by(state, status, lead))
    for event in events:
        if event.kind == ActKind.SUPERSESSION and event.is_derived:
            parts.append(_superseded_in(event.window))
            continue
        noun, is_month = _noun(event), event.when.startswith("in ")
        doubt = ", which is only inferred" if event.is_inferred else ", the exact day is not known" if is_month else ""
        parts.append(f"{noun} {event.when}{doubt}")
    first, *others = dict.fromkeys(parts)
    return f"{'; '.join([first, *map(lowered, others)])}."


def explain_age(sentence: str) -> str:
    """Return the sentence of a status once it is too long ago to say that the agreement is not yet in force."""
    return f"{sentence.removesuffix('.')}; whether it has entered into force since is not known."


def _noun(event: Event) -> str:
    """Return what happened on a day that is not known exactly."""
    if event.kind == ActKind.ATTESTATION and event.act is not None:
        return f"{Status(event.act.attested_status).label}{according_to(event.act)}"
    return "Conclusion" if event.kind == ActKind.CONCLUSION else ActKind(event.kind).label


def _successor(state: State) -> str:
    """Say that an agreement that supersedes it may be in force."""
    event = state.successor
    return f"; one that supersedes it may be in force since {event.window}" if event else ""


def _superseded_in(window: Window) -> str:
    return f"The agreement that supersedes it entered into force {window.when}"


def _what_happened(event: Event, *, with_who: bool) -> str:
    """Return what happened, when, and by whom (a text that all have signed was not signed by one alone)."""
    act = event.act
    if event.kind == ActKind.ATTESTATION and act is not None:
        status = Status(act.attested_status)
        is_lasting = status in STAGES[3:] or status in ENDED
        when = f"as of {event.window}" if is_lasting else event.when
        return f"{status.label} {when}{according_to(act)}{uncertain(act)}"
    verb = ACTS[ActKind(event.kind)].verb
    if event.kind == ActKind.ENTRY_INTO_FORCE and act is not None and not event.is_derived and len(act.parties) == 1:
        (party,) = act.parties
        return f"In force for {{party:{party}}} since {event.since}{uncertain(act)}"
    text = f"{verb} {event.since if verb.endswith('since') else event.when}"
    if act is None:
        return text
    return f"{text}{by_whom(event, act) if with_who else ''}{uncertain(act)}"


def _how(event: Event, case: Case) -> str:
    """Return what brought about a derived event, or how long an act holds."""
    if event.is_derived and event.act is None:
        if event.kind == ActKind.ENTRY_INTO_FORCE and case.entry_into_force is not None:
            return f", {how_it_enters(event.window, case)}"
        if event.kind == ActKind.SUPERSESSION:
            return f", by the entry into force of the agreement that supersedes it{_inferred_relation(case)}"
        return ", at the end of its term"
    if event.is_derived or event.act is None:
        return ""
    if event.kind == ActKind.RENEWAL and event.act.until is None:
        return ", until when is not recorded"
    return f", until {event.act.until}" if event.act.until else ""


def _inferred_relation(case: Case) -> str:
    """Say that nobody states that the other one supersedes it, where an act says as much."""
    acts = case.of_kind(ActKind.SUPERSESSION)
    return uncertain(acts[0]) if acts else ""


def _other_stage(state: State, event: Event) -> str:
    """Return the approvals beside the signature or the reverse, or that a signature is missing."""
    if event.kind not in (ActKind.SIGNATURE, ActKind.APPROVAL):
        return ""
    is_unsigned = event.kind == ActKind.APPROVAL and not state.case.of_kind(ActKind.SIGNATURE)
    signatures = [state.signature] if event.kind == ActKind.APPROVAL else []
    others = [one for one in (*signatures, *state.approvals) if one and one.act and one.act != event.act]
    before = [one for one in others if one.window.latest <= event.window.earliest]
    text = "".join(
        f"; {'signed' if _is_signature(one) else 'approved'} {_with_whom(one)}" for one in others if one not in before
    )
    stages = [f"its {'signature' if _is_signature(one) else 'approval'} {_with_whom(one)}" for one in before]
    after = f", after {enumerated(stages)}" if stages else ""
    return f"{after}{text}{'; no signature is recorded' if is_unsigned else ''}"


def _is_signature(event: Event) -> bool:
    return event.kind == ActKind.SIGNATURE


def _with_whom(event: Event) -> str:
    """Return when something happened, and by whom if not by all."""
    act = event.act
    if act is None:
        return event.when
    return f"{event.when}{'' if _is_signature(event) else by_whom(event, act)}{uncertain(act)}"


def _expected_entry(state: State, event: Event, on: date) -> str:
    """Return when or how the agreement enters into force, as seen from a day.

    What brought it into force before that day is over: the agreement ended since, and began anew.
    """
    case, since, is_applied = state.case, max(event.window.earliest, on), event.kind == ActKind.PROVISIONAL_APPLICATION
    dated = [(window, act) for act in case.entries if (window := effective_window(act)) is not None]
    ahead = [pair for pair in dated if pair[0].latest >= since]
    if ahead:
        window, act = min(ahead, key=lambda pair: (pair[0].earliest, pair[0].latest, pair[1].order))
        return f"; enters into force {window.when}{uncertain(act)}"
    if case.entries:
        return _AGAIN if dated else ""
    if case.entry_into_force is None:
        how = "; how it enters into force is not recorded"
        return how if is_applied else f"{how}, so whether it is in force is not known"
    return _by_clause(case.entry_into_force, case, since)


def _by_clause(clause: Clause, case: Case, since: date) -> str:
    how = clause_in_words(clause, is_bilateral=case.is_bilateral)
    outcome = expected_entry(case) or Outcome()
    if outcome.is_met and outcome.window is None:
        return f"; enters into force {how}, on a day that is not known"
    if outcome.window is None and evaluate_clause(clause, case).is_met:
        return f"; {not_recorded(outcome.awaiting)}"
    if outcome.window is None:
        return f"; enters into force {how}; {not_recorded(outcome.awaiting)}"
    if outcome.window.latest < since:
        return _AGAIN
    return f"; enters into force {outcome.window.when}, {how_it_enters(outcome.window, case)}"


def not_recorded(awaited: Sequence[str]) -> str:
    """Say of what is awaited that it is not recorded: whether it was done is not known."""
    if len(awaited) == 1 and awaited[0][:1].isdigit():
        return f"{awaited[0]} {'is' if awaited[0].startswith('1 ') else 'are'} not recorded"
    return f"{enumerated([f'no {what}' for what in awaited])} is recorded"

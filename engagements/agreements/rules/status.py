"""The status of an agreement on any day: dated periods, each with its basis and the sentence why.

Inside an imprecise date the status is not known, unless the act makes no difference whenever it happened. Sentences
leave parties and bodies as `{party:key}` and `{body:key}`, since names change: `with_names` fills them in when read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from engagements.agreements.rules.acts import ACTS, effective_window, state_after
from engagements.agreements.rules.case import ActFact, Case, Event, State
from engagements.agreements.rules.clauses import clause_in_words
from engagements.agreements.rules.events import end_by_notice, events_of, expected_entry, is_silent
from engagements.agreements.vocabulary import ActKind, Basis, Status, Verification


@dataclass(frozen=True)
class PeriodFact:
    """A status from a day (none: always) until the day before another (none: until something happens).

    `is_in_force` tells not yet and no more (False) from not known (None). `as_of` is the day of the act on which the
    status rests.
    """

    start: date | None
    end: date | None
    status: str
    basis: str
    is_in_force: bool | None
    as_of: date | None
    sentence: str

    def contains(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def periods_of(case: Case) -> list[PeriodFact]:
    """Return the periods of an agreement, from the beginning to the end of time, without gap or overlap."""
    events = events_of(case)
    if not events:
        return [PeriodFact(None, None, Status.NOT_KNOWN, Basis.NOT_KNOWN, None, None, _explain(State(case)))]
    starts = [None, *_possible_changes(events)]
    found: list[PeriodFact] = []
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        period = replace(_on_day(start or date.min, events, case), start=start, end=end)
        if found and replace(period, start=found[-1].start, end=found[-1].end) == found[-1]:
            found[-1] = replace(found[-1], end=end)
        else:
            found.append(period)
    return found


def status_on(case: Case, day: date) -> PeriodFact:
    return next(period for period in periods_of(case) if period.contains(day))


def proof_of(case: Case, day: date) -> list[int]:
    """Return the places of the acts that prove the status of a day.

    Without any of them the status, its basis, or the day on which it rests would differ. Where several acts say the
    same, so that none of them is needed, it is those of the day on which it rests; inside imprecise dates, those that
    may have happened.
    """
    events = events_of(case)
    answer = _on_day(day, events, case)
    needed = []
    for place, act in enumerate(case.acts):
        if is_silent(act):
            continue
        without = replace(case, acts=case.acts[:place] + case.acts[place + 1 :])
        if _facts(_on_day(day, events_of(without), without)) != _facts(answer):
            needed.append(place)
    if needed:
        return needed
    leads = [event.act for event in events if event.window.latest == answer.as_of or _may_have_happened(event, day)]
    return [place for place, act in enumerate(case.acts) if act in leads]


def _facts(period: PeriodFact) -> tuple[object, ...]:
    return (period.status, period.basis, period.is_in_force, period.as_of)


def _possible_changes(events: list[Event]) -> list[date]:
    """Return the days on which something can change: the first of each window, and the one after an imprecise one."""
    days = set()
    for event in events:
        window = event.window
        days.add(window.earliest)
        if not window.is_exact and window.latest < date.max:
            days.add(window.latest + timedelta(days=1))
    return sorted(days - {date.min})


def _on_day(day: date, events: list[Event], case: Case) -> PeriodFact:
    certain = {place for place, event in enumerate(events) if _has_happened(event, day)}
    possible = {place for place, event in enumerate(events) if _may_have_happened(event, day)}
    state = _after(certain, events, case)
    others = [_after(certain | {place}, events, case) for place in sorted(possible)]
    if len(possible) > 1:
        others.append(_after(certain | possible, events, case))
    if any((other.status()[0], other.basis()) != (state.status()[0], state.basis()) for other in others):
        sentence = _explain_window([events[place] for place in sorted(possible)])
        return PeriodFact(None, None, Status.NOT_KNOWN, Basis.NOT_KNOWN, None, None, sentence)
    status, lead = state.status()
    as_of = None if lead is None or lead.window.is_unbounded else lead.window.latest
    return PeriodFact(None, None, status, state.basis(), _is_in_force(status, case), as_of, _explain(state))


def _after(places: set[int], events: list[Event], case: Case) -> State:
    return state_after((events[place] for place in sorted(places)), case)


def _has_happened(event: Event, day: date) -> bool:
    window = event.window
    return window.earliest <= day if window.is_exact else window.latest < day


def _may_have_happened(event: Event, day: date) -> bool:
    return not event.window.is_exact and event.window.earliest <= day <= event.window.latest


def _is_in_force(status: str, case: Case) -> bool | None:
    """None for not known: a signed text without a known clause may be in force."""
    if status == Status.IN_FORCE:
        return True
    if status == Status.NOT_KNOWN:
        return None
    if status not in (Status.SIGNED, Status.APPROVED) or case.of_kind(ActKind.ENTRY_INTO_FORCE):
        return False
    outcome = expected_entry(case)
    return None if outcome is None or (outcome.is_met and outcome.window is None) else False


_NAME = re.compile(r"\{(party|body):([0-9A-Za-z-]{1,64})\}")
_UNCERTAIN: dict[str, str] = {Verification.UNVERIFIED: " (not verified)", Verification.INFERRED: " (inferred)"}
_UNKNOWN = {
    ActKind.CONCLUSION: "whether by signature, by entry into force or by another act is not known",
    ActKind.NOTICE_OF_TERMINATION: "when it takes effect is not known",
}


def with_names(sentence: str, names: Callable[[str, str], str]) -> str:
    """Return the sentence with `names("party" | "body", key)` in place of each key."""
    return _NAME.sub(lambda match: names(match[1], match[2]), sentence)


def _explain(state: State) -> str:
    status, event = state.status()
    if event is None:
        return _without_events(state.case)
    text = _what_happened(event, with_who=status != Status.SIGNED)
    if status == Status.NOT_KNOWN:
        return f"{text}; {_UNKNOWN[ActKind(event.kind)]}."
    if event.kind != ActKind.ATTESTATION:
        text += _how(event, state.case)
    if status in (Status.SIGNED, Status.APPROVED, Status.PROVISIONALLY_APPLIED):
        text += _other_stage(state, event) + _expected_entry(state.case)
    elif status == Status.IN_NEGOTIATION:
        text += _missing_signatures(state)
    elif status in (Status.IN_FORCE, Status.SUSPENDED):
        text += _notice_given(state)
    return f"{text}."


def _without_events(case: Case) -> str:
    undated = [act for act in case.of_kind(ActKind.ATTESTATION) if effective_window(act) is None]
    if not undated:
        return "Nothing is recorded about its status."
    act = undated[0]
    return f"{Status(act.attested_status).label}{_according_to(act)}, which gives no date{_uncertain(act)}."


def _explain_window(events: list[Event]) -> str:
    """Return the sentence for days inside imprecise dates."""
    parts = []
    for event in events:
        noun, is_month = ActKind(event.kind).label, event.window.when.startswith("in ")
        parts.append(f"{noun} {event.window.when}{', the exact day is not known' if is_month else ''}")
    return f"{'; '.join(dict.fromkeys(parts))}."


def _what_happened(event: Event, *, with_who: bool) -> str:
    """Return what happened, when, and by whom (a text that all have signed was not signed by one alone)."""
    act = event.act
    if event.kind == ActKind.ATTESTATION and act is not None:
        status = Status(act.attested_status).label
        return f"{status} as of {event.window}{_according_to(act)}{_uncertain(act)}"
    verb = ACTS[ActKind(event.kind)].verb
    text = f"{verb} {event.window if verb.endswith('since') else event.window.when}"
    if act is None:
        return text
    return f"{text}{_by(event, act) if with_who else ''}{_uncertain(act)}"


def _by(event: Event, act: ActFact) -> str:
    if event.is_derived and act.kind != ActKind.NOTICE_OF_TERMINATION:
        return ""
    who = f"{{party:{act.party}}}" if act.party else f"{{body:{act.by_body}}}" if act.by_body else ""
    if act.on_behalf_of and act.by_body:
        who += f" for {{party:{act.on_behalf_of}}}"
    who = f" by {who}" if who else ""
    if act.on_behalf_of and not act.by_body:
        who += f" on behalf of {{party:{act.on_behalf_of}}}"
    return f", by the notice of {act.date}{who}" if event.is_derived else who


def _according_to(act: ActFact) -> str:
    return f" according to {act.source}" if act.source else ""


def _uncertain(act: ActFact) -> str:
    return _UNCERTAIN.get(act.verification, "")


def _how(event: Event, case: Case) -> str:
    """Return what brought about a derived event, or how long an act holds."""
    if event.is_derived and event.act is None:
        if event.kind == ActKind.ENTRY_INTO_FORCE and case.entry_into_force is not None:
            return f", {clause_in_words(case.entry_into_force, is_bilateral=case.is_bilateral)}"
        return ", at the end of its term"
    if event.is_derived or event.act is None:
        return ""
    if event.kind == ActKind.RENEWAL and event.act.until is None:
        return ", until when is not recorded"
    return f", until {event.act.until}" if event.act.until else ""


def _other_stage(state: State, event: Event) -> str:
    """Return the approval that preceded the signature, or that a signature is missing."""
    approval = state.approval
    if event.kind == ActKind.SIGNATURE and approval is not None and approval.act is not None:
        return f", after its approval {approval.window.when}{_by(approval, approval.act)}{_uncertain(approval.act)}"
    if event.kind == ActKind.APPROVAL and not state.case.of_kind(ActKind.SIGNATURE):
        return "; no signature is recorded"
    return ""


def _expected_entry(case: Case) -> str:
    dates = [effective_window(act) for act in case.of_kind(ActKind.ENTRY_INTO_FORCE)]
    if dates:
        known = [window for window in dates if window is not None]
        return f"; enters into force {min(known, key=lambda item: item.earliest).when}" if known else ""
    if case.entry_into_force is None:
        return "; how it enters into force is not recorded, so whether it is in force is not known"
    how = clause_in_words(case.entry_into_force, is_bilateral=case.is_bilateral)
    outcome = expected_entry(case)
    if outcome is None or (outcome.is_met and outcome.window is None):
        return f"; enters into force {how}, on a day that is not known"
    if outcome.window is not None:
        return f"; enters into force {outcome.window.when}, {how}"
    return f"; enters into force {how}; awaiting {_enumerated(outcome.awaiting)}"


def _missing_signatures(state: State) -> str:
    if not state.signed_by:
        return ""
    missing = [f"{{party:{key}}}" for key in state.case.parties if key not in state.signed_by]
    return f"; awaiting signature by {_enumerated(missing)}" if missing else ""


def _notice_given(state: State) -> str:
    notice = state.notice.act if state.notice else None
    if notice is None:
        return ""
    window = end_by_notice(notice, state.case)
    effect = f", with effect {window.when}" if window else ""
    return f"; notice of termination was given {notice.date.when if notice.date else ''}{effect}"


def _enumerated(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"

"""How it is told that parties leave an agreement, or suspend it for themselves: who left, and what was announced."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from engagements.agreements.rules.case import Event, State
from engagements.agreements.rules.events import end_by_notice
from engagements.agreements.rules.wording import enumerated
from engagements.agreements.vocabulary import ActKind

_ANNOUNCED: Mapping[str, str] = {
    ActKind.NOTICE_OF_TERMINATION: "notice of termination was given",
    ActKind.WITHDRAWAL: "notice of withdrawal was given",
    ActKind.TERMINATION: "termination was decided",
}


def departures(state: State, on: date) -> str:
    """Return the clauses on who left, who suspended the agreement, and what is announced, as seen from a day."""
    return "".join(f"; {one}" for one in (*_ended(state), *_suspended(state), *_announced(state, on)))


def _ended(state: State) -> Iterator[str]:
    for event, names in _by_event(state.left):
        act = event.act
        how = ""
        if act is not None and act.kind == ActKind.NOTICE_OF_TERMINATION:
            how = f", by the notice given {_given(event)}"
        yield f"ended for {names} {event.window.when}{how}"


def _suspended(state: State) -> Iterator[str]:
    for event, names in _by_event(state.suspended_for):
        yield f"suspended for {names} {event.window.when}"


def _announced(state: State, on: date) -> Iterator[str]:
    for event in state.notices:
        act = event.act
        if act is None:
            continue
        window = end_by_notice(act, state.case) if act.kind == ActKind.NOTICE_OF_TERMINATION else act.effect
        effect = f", with effect {window.when}" if window and window.latest >= on else ""
        who = f" by {_names(act.parties)}" if act.parties else ""
        yield f"{_ANNOUNCED[act.kind]} {_given(event)}{who}{effect}"


def _given(event: Event) -> str:
    act = event.act
    if act is None or act.date is None:
        return "on a day that is not known"
    return f"{act.date.when}{act.how_surely(act.date)}"


def _by_event(parties: Mapping[str, Event]) -> Iterator[tuple[Event, str]]:
    """Yield what happened on one day in one way, with the names of those whom it concerns."""
    found: dict[str, list[str]] = defaultdict(list)
    events: dict[str, Event] = {}
    for party, event in parties.items():
        key = f"{event.window} {_given(event)} {event.act.kind if event.act else ''}"
        found[key].append(party)
        events[key] = event
    for key, those in found.items():
        yield events[key], _names(those)


def _names(parties: Mapping[str, Event] | frozenset[str] | list[str]) -> str:
    return enumerated([f"{{party:{key}}}" for key in sorted(parties)])

"""Clauses on entry into force: read from JSON, put into words, and evaluated by the acts of an agreement."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engagements.agreements.rules.case import ActFact, Case, Clause
from engagements.agreements.rules.days import Duration, Window, earliest_of, latest_of, nth_of
from engagements.agreements.vocabulary import CONSENT, ActKind, ClauseKind

_DEPTH = 4
_BRANCHES = 12
_MEMBERS = {"kind", "after", "at_start_of_month", "number", "day", "body", "called", "clauses"}
_COMBINED = (ClauseKind.ALL_OF, ClauseKind.ANY_OF)
#: The members that a kind needs besides those that every clause may have.
_NEEDED = {
    ClauseKind.RATIFICATIONS: {"number"},
    ClauseKind.FIXED_DAY: {"day"},
    ClauseKind.APPROVAL_BY_BODY: {"body", "called"},
    ClauseKind.ALL_OF: {"clauses"},
    ClauseKind.ANY_OF: {"clauses"},
}
_COMMON = {"kind", "after", "at_start_of_month"}


class UnreadableClause(ValueError):
    """A clause that cannot be read; `pointer` is the JSON pointer of the fault inside it."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer = pointer


def read_clause(data: Any, *, pointer: str = "", depth: int = _DEPTH) -> Clause:
    """Read a clause from JSON; raise UnreadableClause with the pointer of the first fault."""
    if not isinstance(data, Mapping):
        raise UnreadableClause(pointer, "A clause is an object with a kind.")
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in ClauseKind:
        raise UnreadableClause(f"{pointer}/kind", f"The kind of a clause is one of: {', '.join(ClauseKind)}.")
    _require_members(data, ClauseKind(kind), pointer)
    read = {name: _READERS[name](data[name], f"{pointer}/{name}") for name in data if name in _READERS}
    if kind in _COMBINED:
        read["clauses"] = _read_many(data["clauses"], f"{pointer}/clauses", depth)
    return Clause(kind=kind, **read)


def _require_members(data: Mapping[str, Any], kind: ClauseKind, pointer: str) -> None:
    needed = _NEEDED.get(kind, set())
    for name in data:
        if name not in _MEMBERS or name not in _COMMON | needed:
            possible = ", ".join(sorted(_COMMON | needed))
            raise UnreadableClause(f"{pointer}/{name}", f"A clause of kind {kind} takes: {possible}.")
    if missing := sorted(needed - data.keys()):
        raise UnreadableClause(f"{pointer}/{missing[0]}", f"A clause of kind {kind} needs {missing[0]}.")


def _read_many(value: Any, pointer: str, depth: int) -> tuple[Clause, ...]:
    if depth <= 1:
        raise UnreadableClause(pointer, f"Clauses can be nested at most {_DEPTH} deep.")
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= _BRANCHES:
        raise UnreadableClause(pointer, f"Give 1 to {_BRANCHES} clauses.")
    return tuple(read_clause(item, pointer=f"{pointer}/{place}", depth=depth - 1) for place, item in enumerate(value))


def _read_after(value: Any, pointer: str) -> Duration:
    try:
        return Duration.parse(_text(value, pointer))
    except ValueError as error:
        raise UnreadableClause(pointer, str(error)) from None


def _read_day(value: Any, pointer: str) -> Window | None:
    try:
        return Window.of(_text(value, pointer))
    except ValueError as error:
        raise UnreadableClause(pointer, str(error)) from None


def _read_number(value: Any, pointer: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 300:  # noqa: PLR2004 - States
        raise UnreadableClause(pointer, "The number of ratifications is a whole number from 1 to 300.")
    return value


def _read_flag(value: Any, pointer: str) -> bool:
    if not isinstance(value, bool):
        raise UnreadableClause(pointer, "This must be true or false.")
    return value


def _text(value: Any, pointer: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:  # noqa: PLR2004 - a name's length
        raise UnreadableClause(pointer, "This must be a text of at most 200 characters.")
    return value.strip()


_READERS: dict[str, Any] = {
    "after": _read_after,
    "at_start_of_month": _read_flag,
    "number": _read_number,
    "day": _read_day,
    "body": _text,
    "called": _text,
}


def bodies_of(clause: Clause | None) -> frozenset[str]:
    """Return the keys of the governing bodies that a clause names."""
    if clause is None:
        return frozenset()
    own = frozenset({clause.body} if clause.body else ())
    return own.union(*(bodies_of(item) for item in clause.clauses))


def clause_in_words(clause: Clause, *, is_bilateral: bool) -> str:
    """Return the clause as it ends “enters into force …”."""
    what = _condition(clause, is_bilateral=is_bilateral)
    if clause.at_start_of_month:
        later = f"{clause.after} after " if clause.after else ""
        return f"on the first day of the month that follows {later}{what}"
    if clause.after:
        return f"{clause.after} after {what}"
    return what if clause.kind in _COMBINED else f"on {what}"


def _condition(clause: Clause, *, is_bilateral: bool) -> str:
    everybody = "both" if is_bilateral else "all parties"
    if clause.kind in _COMBINED:
        joined = ", and " if clause.kind == ClauseKind.ALL_OF else ", or "
        return joined.join(clause_in_words(item, is_bilateral=is_bilateral) for item in clause.clauses)
    return {
        ClauseKind.SIGNATURE_BY_ALL: f"signature by {everybody}",
        ClauseKind.APPROVAL_BY_ALL: f"approval by {everybody}",
        ClauseKind.LAST_NOTIFICATION: "the last notification",
        ClauseKind.RATIFICATIONS: f"ratification number {clause.number}",
        ClauseKind.APPROVAL_BY_BODY: f"approval by {clause.called}",
        ClauseKind.FIXED_DAY: str(clause.day),
    }[ClauseKind(clause.kind)]


@dataclass(frozen=True)
class Outcome:
    """Whether a clause is met: on a day in `window`, or not yet, `awaiting` what is missing.

    Met without a window: what it waits for has happened, but nothing is known about the day.
    """

    window: Window | None = None
    awaiting: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """Nothing is missing."""
        return not self.awaiting


def evaluate_clause(clause: Clause, case: Case) -> Outcome:
    """Return whether, and when, the acts of a case meet a clause."""
    found = _EVALUATORS[ClauseKind(clause.kind)](clause, case)
    if found.window is None:
        return found
    return Outcome(found.window.after(clause.after, at_start_of_month=clause.at_start_of_month), found.awaiting)


def unmet_clauses(clause: Clause, case: Case) -> Iterator[tuple[Clause, Outcome]]:
    """Yield the simple clauses that a clause still waits for; all alternatives where one would be enough."""
    outcome = evaluate_clause(clause, case)
    if outcome.is_met:
        return
    if clause.clauses:
        for item in clause.clauses:
            yield from unmet_clauses(item, case)
    else:
        yield clause, outcome


def _acts_for(party: str, acts: Iterable[ActFact]) -> list[ActFact]:
    """Return the acts that count for a party: its own, those on its behalf, and those of all parties."""
    return [act for act in acts if act.is_of_all or party in act.parties]


def _first_date(acts: list[ActFact]) -> Window | None:
    """Return when the first of these acts was done; None when any of them has no date."""
    windows = [act.date for act in acts if act.date is not None]
    return earliest_of(windows) if len(windows) == len(acts) else None


def _done_by_all(case: Case, kinds: tuple[str, ...], noun: str) -> Outcome:
    """Met when the last party has done it."""
    acts = case.of_kind(*kinds)
    windows: list[Window | None] = []
    missing: list[str] = []
    for party in case.parties:
        done = _acts_for(party, acts)
        if done:
            windows.append(_first_date(done))
        else:
            missing.append(f"{noun} by {{party:{party}}}")
    if missing or not windows:
        return Outcome(None, tuple(missing) or (f"{noun} by the parties",))
    known = [window for window in windows if window is not None]
    return Outcome(latest_of(known) if len(known) == len(windows) else None)


def _signature_by_all(clause: Clause, case: Case) -> Outcome:
    return _done_by_all(case, (ActKind.SIGNATURE, ActKind.ACCESSION), "signature")


def _approval_by_all(clause: Clause, case: Case) -> Outcome:
    return _done_by_all(case, CONSENT, "approval")


def _last_notification(clause: Clause, case: Case) -> Outcome:
    return _done_by_all(case, (ActKind.NOTIFICATION,), "notification")


def _ratifications(clause: Clause, case: Case) -> Outcome:
    acts = [act for act in case.of_kind(*CONSENT) if not act.by_body]
    if any(act.is_of_all for act in acts):
        parties = list(case.parties)
    else:
        parties = sorted({key for act in acts for key in act.parties})
    if (lacking := clause.number - len(parties)) > 0:
        return Outcome(None, (f"{lacking} of {clause.number} ratifications",))
    known = [window for party in parties if (window := _first_date(_acts_for(party, acts))) is not None]
    return Outcome(nth_of(known, clause.number) if len(known) == len(parties) else None)


def _approval_by_body(clause: Clause, case: Case) -> Outcome:
    done = [act for act in case.of_kind(ActKind.APPROVAL, ActKind.ADOPTION) if act.by_body == clause.body]
    if not done:
        return Outcome(None, (f"approval by {clause.called}",))
    return Outcome(_first_date(done))


def _fixed_day(clause: Clause, case: Case) -> Outcome:
    return Outcome(clause.day)


def _all_of(clause: Clause, case: Case) -> Outcome:
    outcomes = [evaluate_clause(item, case) for item in clause.clauses]
    if awaiting := tuple(dict.fromkeys(what for item in outcomes for what in item.awaiting)):
        return Outcome(None, awaiting)
    known = [item.window for item in outcomes if item.window is not None]
    return Outcome(latest_of(known) if len(known) == len(outcomes) else None)


def _any_of(clause: Clause, case: Case) -> Outcome:
    outcomes = [evaluate_clause(item, case) for item in clause.clauses]
    met = [item for item in outcomes if item.is_met]
    if not met:
        return Outcome(None, (" or ".join(" and ".join(item.awaiting) for item in outcomes),))
    known = [item.window for item in met if item.window is not None]
    return Outcome(earliest_of(known) if len(known) == len(met) else None)


_EVALUATORS: dict[str, Callable[[Clause, Case], Outcome]] = {
    ClauseKind.SIGNATURE_BY_ALL: _signature_by_all,
    ClauseKind.APPROVAL_BY_ALL: _approval_by_all,
    ClauseKind.LAST_NOTIFICATION: _last_notification,
    ClauseKind.RATIFICATIONS: _ratifications,
    ClauseKind.APPROVAL_BY_BODY: _approval_by_body,
    ClauseKind.FIXED_DAY: _fixed_day,
    ClauseKind.ALL_OF: _all_of,
    ClauseKind.ANY_OF: _any_of,
}

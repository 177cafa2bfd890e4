"""Clauses on entry into force as data, read strictly and put into words. When they are met: reckoning.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engagements.agreements.rules.spans import Duration, Window
from engagements.agreements.vocabulary import ClauseKind

_DEPTH = 4
_BRANCHES = 12
_KNOWN = {"kind", "after", "at_start_of_month", "number", "day", "body", "called", "clauses"}
_TOGETHER = (ClauseKind.ALL_OF, ClauseKind.ANY_OF)
#: Which names a kind needs besides those that any clause may have.
_NEEDED = {
    ClauseKind.RATIFICATIONS: {"number"},
    ClauseKind.FIXED_DAY: {"day"},
    ClauseKind.APPROVAL_BY_BODY: {"body", "called"},
    ClauseKind.ALL_OF: {"clauses"},
    ClauseKind.ANY_OF: {"clauses"},
}
_ANY = {"kind", "after", "at_start_of_month"}


@dataclass(frozen=True)
class Clause:
    """What entry into force waits for, and how long after that it comes.

    `after` is added to the day on which the clause is met; `at_start_of_month` then moves on to the first day of the
    following month. `body` is the key of a governing body, `called` its name in the words of the agreement.
    """

    kind: str
    after: Duration | None = None
    at_start_of_month: bool = False
    number: int = 0
    day: Window | None = None
    body: str = ""
    called: str = ""
    clauses: tuple["Clause", ...] = ()


class UnreadableClause(ValueError):
    """A clause that means nothing; `pointer` is the JSON pointer of the fault inside it."""

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
    _require_names(data, ClauseKind(kind), pointer)
    read = {name: _READERS[name](data[name], f"{pointer}/{name}") for name in data if name in _READERS}
    if kind in _TOGETHER:
        read["clauses"] = _read_many(data["clauses"], f"{pointer}/clauses", depth)
    return Clause(kind=kind, **read)


def _require_names(data: Mapping[str, Any], kind: ClauseKind, pointer: str) -> None:
    needed = _NEEDED.get(kind, set())
    for name in data:
        if name not in _KNOWN or name not in _ANY | needed:
            possible = ", ".join(sorted(_ANY | needed))
            raise UnreadableClause(f"{pointer}/{name}", f"A clause of kind {kind} has: {possible}.")
    if missing := sorted(needed - data.keys()):
        raise UnreadableClause(f"{pointer}/{missing[0]}", f"A clause of kind {kind} needs {missing[0]}.")


def _read_many(value: Any, pointer: str, depth: int) -> tuple[Clause, ...]:
    if depth <= 1:
        raise UnreadableClause(pointer, f"Clauses are nested at most {_DEPTH} deep.")
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


def in_words(clause: Clause, *, is_bilateral: bool) -> str:
    """Return the clause as the end of “enters into force …”."""
    what = _condition(clause, is_bilateral=is_bilateral)
    if clause.at_start_of_month:
        later = f"{clause.after} after " if clause.after else ""
        return f"on the first day of the month that follows {later}{what}"
    if clause.after:
        return f"{clause.after} after {what}"
    return what if clause.kind in _TOGETHER else f"on {what}"


def _condition(clause: Clause, *, is_bilateral: bool) -> str:
    everybody = "both" if is_bilateral else "all parties"
    if clause.kind in _TOGETHER:
        joined = ", and " if clause.kind == ClauseKind.ALL_OF else ", or "
        return joined.join(in_words(item, is_bilateral=is_bilateral) for item in clause.clauses)
    return {
        ClauseKind.SIGNATURE_BY_ALL: f"signature by {everybody}",
        ClauseKind.APPROVAL_BY_ALL: f"approval by {everybody}",
        ClauseKind.LAST_NOTIFICATION: "the last notification",
        ClauseKind.RATIFICATIONS: f"ratification number {clause.number}",
        ClauseKind.APPROVAL_BY_BODY: f"approval by {clause.called}",
        ClauseKind.FIXED_DAY: str(clause.day),
    }[ClauseKind(clause.kind)]

"""Records that are given by a reference or a name instead of an id: found here, for every service that takes an id.

A name stands for a record only if it surely means one that the actor may see; otherwise the refusal lists those that
may be meant. How each name was understood is noted for whoever answers the caller.
"""

import dataclasses
import functools
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from sgoffice.changes.called import Meant, Names, find_meant
from sgoffice.records.actors import Actor
from sgoffice.records.entries import ByName, Correction, given_values
from sgoffice.records.errors import InvalidEntry, RelatedRecord
from sgoffice.records.readership import ALL_STAFF, Readership
from sgoffice.records.references import ANY_KIND, kind_named

P = ParamSpec("P")
R = TypeVar("R")
_MARK = "takes_names"


@dataclass(frozen=True)
class UnderstoodName:
    """How a name was understood: the record that it stands for (none for a State itself), and why that one."""

    pointer: str
    name: str
    id: UUID | None
    why: str


_understood: ContextVar[list[UnderstoodName] | None] = ContextVar("understood", default=None)


@contextmanager
def noting_names() -> Iterator[list[UnderstoodName]]:
    """Collect how names are understood inside the block, for whoever tells it to the caller."""
    found: list[UnderstoodName] = []
    token = _understood.set(found)
    try:
        yield found
    finally:
        _understood.reset(token)


def note_name(understood: UnderstoodName) -> None:
    """Note how a name was understood."""
    found = _understood.get()
    if found is not None:
        found.append(understood)


def takes_names(service: Callable[P, R]) -> Callable[P, R]:
    """Let a service get its entry, the last of its positional arguments, with ids in place of references and names."""

    @functools.wraps(service)
    def resolved(*args: P.args, **kwargs: P.kwargs) -> R:
        by = typing.cast("Actor", kwargs["by"])
        *others, entry = args
        rest: Any = (*others, with_ids(entry, by=by))
        return service(*rest, **kwargs)

    setattr(resolved, _MARK, True)
    return resolved


def is_taking_names(service: Callable[..., Any]) -> bool:
    """Tell whether a service is decorated with `takes_names`, directly or beneath other decorators."""
    return hasattr(service, _MARK) or (hasattr(service, "__wrapped__") and is_taking_names(service.__wrapped__))


def with_ids(entry: Any, *, by: Actor) -> Any:
    """Return an entry or a correction with the ids of the records that it gives by a reference or a name.

    Raises InvalidEntry with the candidates for every name that means no record, or not surely one, that the actor may
    see; nothing else is said of those that the actor may not see.
    """
    given = dict(_given(entry))
    if not given:
        return entry
    found = find_each(given, by=by, readers=_readers(entry, by))
    for where, meant in found.items():
        note_name(UnderstoodName(where, given[where][1], meant.id, meant.reason))
    return _replaced(entry, "", {where: meant.id for where, meant in found.items()})


def find_each(named: Mapping[str, tuple[str, str]], *, by: Actor, readers: Readership | None) -> dict[str, Meant]:
    """Return the records that kinds and names mean, by pointer; raises InvalidEntry with the candidates of the rest."""
    found: dict[str, Meant] = {}
    problems: list[tuple[str, str]] = []
    candidates: dict[str, Sequence[RelatedRecord]] = {}
    for where, (kind, name) in named.items():
        names = find_meant(kind, name, by=by, readers=readers)
        if names.sure is not None:
            found[where] = names.sure
            continue
        problems.append((where, _refusal(kind, name, names)))
        candidates[where] = [_related_record(one) for one in names.candidates]
    if problems:
        raise InvalidEntry(problems, candidates={where: shown for where, shown in candidates.items() if shown})
    return found


def _refusal(kind: str, name: str, names: Names) -> str:
    noun = kind.replace("_", " ")
    if names.advice:
        return names.advice
    if names.candidates:
        return f"It is not certain which {noun} is meant by “{name}”: send the id or the reference of a candidate."
    if kind == ANY_KIND:
        return f"There is no record {name}: send an id or a reference."
    return f"There is no {noun} “{name}”."


def _related_record(one: Meant) -> RelatedRecord:
    return RelatedRecord(id=one.id, kind=one.kind, label=one.label, reference=one.reference, reason=one.reason)


def _readers(entry: Any, by: Actor) -> Readership:
    """Return who may read what an entry enters; of a correction, or where nothing says so, all staff."""
    marking = getattr(entry, "marking", None)
    return Readership.marked(marking, by.id, getattr(entry, "readers", ())) if marking else ALL_STAFF


def _given(value: Any, where: str = "", kind: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the pointer of each name that stands for an id, with the kind of its record and the name."""
    if isinstance(value, ByName) and kind:
        yield where, (kind, value.name)
    elif isinstance(value, tuple | list):
        for place, item in enumerate(value):
            yield from _given(item, f"{where}/{place}", kind)
    else:
        for name, item, named in _members(value):
            yield from _given(item, f"{where}/{name}", named)


def _members(value: Any) -> Iterator[tuple[str, Any, str]]:
    """Yield the members of an entry or a correction, each with the kind of record that its names mean."""
    if not dataclasses.is_dataclass(value) or isinstance(value, type | ByName):
        return
    entry: Any = value.entry if isinstance(value, Correction) else type(value)
    own = _understood_by_services(entry)
    for name, item in given_values(value).items():
        if name not in own:
            yield name, item, kind_named(name, entry)


def _replaced(value: Any, where: str, ids: dict[str, UUID]) -> Any:
    """Return a value with the ids in place of the names at their pointers; what holds none is returned as it is."""
    if where in ids:
        return ids[where]
    if not any(pointer.startswith(f"{where}/") for pointer in ids):
        return value
    if isinstance(value, tuple | list):
        return type(value)(_replaced(item, f"{where}/{place}", ids) for place, item in enumerate(value))
    if isinstance(value, Correction):
        changed = {name: _replaced(item, f"{where}/{name}", ids) for name, item in value.values.items()}
        return dataclasses.replace(value, values=changed)
    members = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    return dataclasses.replace(
        value, **{name: _replaced(item, f"{where}/{name}", ids) for name, item in members.items()}
    )


@functools.cache
def _understood_by_services(entry: type[Any]) -> frozenset[str]:
    """Return the members whose names the service itself understands: it may enter whom they name."""
    hints = typing.get_type_hints(entry)
    return frozenset(name for name, hint in hints.items() if ByName in typing.get_args(hint))

"""What is doubtful about a record, in words: what other sources state differently, and what no source says outright."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sgoffice.records.date_words import partial_date_in_words
from sgoffice.records.partial_dates import PartialDate

if TYPE_CHECKING:
    from sgoffice.records.models import Record

#: A source that states it, first or second hand; the rest was inferred or never checked.
_STATED = frozenset({"primary", "secondary"})


def is_uncertain(record: "Record") -> bool:
    """Tell whether sources contradict each other, or none of those that are named states it."""
    return bool(record.conflicts) or (
        bool(record.sources) and all(one["verification"] not in _STATED for one in record.sources)
    )


def is_stated(record: "Record", pointer: str) -> bool:
    """Tell whether a source states this member, where sources are named for it at all (RFC 6901: `/memberships/1`).

    A source that names no members stands for all of them.
    """
    found = [one["verification"] for one in record.sources if _supports(one.get("supports") or (), pointer)]
    return not found or any(one in _STATED for one in found)


def _supports(supported: Iterable[str], pointer: str) -> bool:
    known = tuple(supported)
    return not known or any(pointer == one or pointer.startswith(f"{one}/") for one in known)


def remarks_on(record: "Record") -> tuple[str, ...]:
    """Return what a reader must know before relying on a record: what other sources state, then its caveats."""
    return (*(contradiction(one) for one in record.conflicts), *record.caveats)


def contradiction(conflict: Mapping[str, Any]) -> str:
    """Return what another source states of a member, and which source, as a sentence."""
    source, value = conflict.get("source") or "another source", _value_in_words(str(conflict["value"]))
    names = [name for name in str(conflict["pointer"]).split("/") if name and not name.isdigit()]
    label = f"{names[-1].replace('_', ' ').capitalize()}: " if names else ""
    return f"{label}{value.removesuffix('.')}, according to {source.removesuffix('.')}."


def _value_in_words(text: str) -> str:
    """Return a date as people write it, and any other value as it is."""
    try:
        known = PartialDate.parse(text)
    except ValueError:
        return text
    return partial_date_in_words(known)

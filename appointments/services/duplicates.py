"""Refuse a session or a decision of a body that the register may already have, whatever its number or symbol."""

import re
from collections.abc import Iterable

from appointments.models import Decision, Session
from appointments.services.entries import DecisionEntry, SessionEntry
from appointments.vocabulary import SessionStatus
from sgoffice.directory.rules import are_one_text, fold
from sgoffice.records.actors import Actor
from sgoffice.records.errors import PossibleDuplicates, RelatedRecord
from sgoffice.records.partial_dates import PartialDate

_MOST = 5  # candidates
_LOOKED_AT = 200  # records of a body around these days
_NUMBERS = re.compile(r"\d+")
_ADVICE = (
    "The body has one that this may be: correct or complete it, or send `allow_duplicate: true` if this is a different "
    "one."
)


def require_new_session(entry: SessionEntry, *, by: Actor) -> None:
    """Raise PossibleDuplicates for a session of the body on one of these days, as far as the actor may see it.

    An imprecise date is compared with the same one alone, of sessions without different numbers.
    """
    begins = _parsed(entry.begins)
    if entry.allow_duplicate or begins is None:
        return
    ends = _parsed(entry.ends) or begins
    others = Session.objects.visible_to(by).live().filter(body=entry.body).exclude(status=SessionStatus.NOT_HELD)
    around = others.exclude(begins=None).filter(begins_earliest__lte=ends.latest).order_by("-begins_earliest", "pk")
    found = [one for one in around[:_LOOKED_AT] if _is_at_the_same_time(one, begins, ends, entry)]
    _refuse("/begins", found, "of the same days")


def require_new_decision(entry: DecisionEntry, *, by: Actor) -> None:
    """Raise PossibleDuplicates for a decision of the body with that symbol, or that title on those days.

    As far as the actor may see it. Two symbols that differ by more than signs and zeros are of two decisions.
    """
    if entry.allow_duplicate:
        return
    others = Decision.objects.visible_to(by).live().filter(body=entry.body).order_by("-adopted_earliest", "pk")
    adopted = _parsed(entry.adopted)
    if adopted is not None:
        others = others.overlaps("adopted", adopted.earliest, adopted.latest)
    found = [one for one in others[:_LOOKED_AT] if _is_one_decision(one, entry)]
    _refuse("/title", found, "of the same title or symbol")


def _parsed(text: str | None) -> PartialDate | None:
    """Return a date; nothing for one that is missing or wrong, which the entry itself is refused for."""
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None


def _is_at_the_same_time(known: Session, begins: PartialDate, ends: PartialDate, entry: SessionEntry) -> bool:
    first, last = _parsed(known.begins), _parsed(known.ends) or _parsed(known.begins)
    if first is None or last is None:
        return False
    if begins.earliest == begins.latest and first.earliest == first.latest:
        return begins.earliest <= last.latest and first.earliest <= ends.latest
    return known.begins == entry.begins and None in (known.number, entry.number)


def _is_one_decision(known: Decision, entry: DecisionEntry) -> bool:
    symbols = _plain(known.symbol), _plain(entry.symbol)
    if all(symbols):
        return symbols[0] == symbols[1]
    return are_one_text(known.title, entry.title)


def _plain(symbol: str) -> list[str]:
    """Return a symbol without the signs and zeros in which its spellings differ: AGN/69/RES/9, AGN-69-RES-09."""
    return _NUMBERS.sub(lambda number: f" {int(number[0])} ", fold(symbol)).split()


def _refuse(pointer: str, found: Iterable[Session | Decision], reason: str) -> None:
    shown = [
        RelatedRecord(id=one.pk, kind=one.record_kind, label=str(one), reference=one.reference, reason=reason)
        for one in list(found)[:_MOST]
    ]
    if shown:
        raise PossibleDuplicates({pointer: shown}, advice=_ADVICE)

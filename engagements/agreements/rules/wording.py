"""How an act is told: by whom, according to whom, how far that was checked."""

import re
from collections.abc import Sequence

from engagements.agreements.rules.case import ActFact, Event
from engagements.agreements.vocabulary import ActKind, Verification

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s]+)")
_UNCERTAIN: dict[str, str] = {Verification.UNVERIFIED: " (not verified)", Verification.INFERRED: " (inferred)"}


def by_whom(event: Event, act: ActFact) -> str:
    if event.is_derived and act.kind != ActKind.NOTICE_OF_TERMINATION:
        return ""
    who = f"{{party:{act.party}}}" if act.party else f"{{body:{act.by_body}}}" if act.by_body else ""
    if act.on_behalf_of and act.by_body:
        who += f" for {{party:{act.on_behalf_of}}}"
    who = f" by {who}" if who else ""
    if act.on_behalf_of and not act.by_body:
        who += f" on behalf of {{party:{act.on_behalf_of}}}"
    return f", by the notice of {act.date}{act.how_surely(act.date)}{who}" if event.is_derived else who


def according_to(act: ActFact) -> str:
    return f" according to {named(act.source)}" if act.source else ""


def named(source: str) -> str:
    """Return a source as people name it: of an address, the site; the act itself keeps the whole."""
    found = _ADDRESS.match(source)
    return found[1] if found else source


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def uncertain(act: ActFact) -> str:
    return _UNCERTAIN.get(act.verification, "")


def enumerated(items: Sequence[str], last: str = "and") -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}"

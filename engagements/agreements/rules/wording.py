"""How an act is told: by whom, according to whom, how far that was checked."""

import re
from collections.abc import Sequence

from engagements.agreements.rules.acts import effective_window
from engagements.agreements.rules.case import ActFact, Case, Event
from engagements.agreements.vocabulary import ActKind, Status, Verification

_ADDRESS = re.compile(r"https?://(?:www\.)?([^/\s]+)")
#: What a party consented by, as it reads before a day.
_CONSENTED: dict[str, str] = {
    ActKind.RATIFICATION: "ratified", ActKind.ACCEPTANCE: "accepted", ActKind.ACCESSION: "acceded to",
    ActKind.NOTIFICATION: "notified",
}  # fmt: skip
_MOST_CONSENTS = 3
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


def consented(consents: Sequence[Event]) -> str:
    """Return who ratified, accepted or acceded, and when; of many the last alone."""
    last = consents[-1]
    if len(consents) > _MOST_CONSENTS:
        return f"{len(consents)} consents are recorded, the last {last.when}"
    return "; ".join(
        f"{(_CONSENTED[one.kind] if place else _CONSENTED[one.kind].capitalize())} {one.when}"
        f"{by_whom(one, one.act) if one.act else ''}{uncertain(one.act) if one.act else ''}"
        for place, one in enumerate(consents)
    )


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


def last_stated(act: ActFact) -> str:
    """Return what was known last, of a status that nobody has stated for too long."""
    window = effective_window(act)
    when = window.when if window else ""
    if act.kind == ActKind.RENEWAL:
        return f"Not known: renewed {when}{act.how_surely(window)}, until when is not recorded{uncertain(act)}"
    by = f" by {named(act.source)}" if act.source else ""
    return f"Not known: last attested {Status(act.attested_status).label.lower()} {when}{by}{uncertain(act)}"


def stated_without_date(case: Case) -> str:
    """Return what a source states of no day in particular, as a clause."""
    undated = [act for act in case.of_kind(ActKind.ATTESTATION) if effective_window(act) is None]
    if not undated:
        return ""
    act = undated[0]
    status = Status(act.attested_status).label.lower()
    if not act.source:
        return f"stated to be {status}, without a date{uncertain(act)}"
    return f"{named(act.source)} states that it is {status}, but gives no date{uncertain(act)}"

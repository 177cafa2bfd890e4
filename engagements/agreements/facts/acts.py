"""From a fact of agreements.json to its acts: what its fields, events and notes prove, and nothing else."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engagements.agreements.facts import finding
from engagements.agreements.facts.words import (
    ENDED_WITH_PARTNER,
    OPENED,
    OUR_ASSEMBLY,
    PROVED_BY,
    SIGNED_MEANS,
    STATUSES,
    kind_of_event,
)
from engagements.agreements.services import ActEntry
from engagements.agreements.vocabulary import ActKind, Status, Verification
from sgoffice.directory.facts import when

Fact = Mapping[str, Any]
_YEAR_OR_DAY = re.compile(r"\b(\d{4}(?:-\d{2}(?:-\d{2})?)?)\b")
_YEAR_IN_ADDRESS = re.compile(r"/(20\d\d)/")


def acts_of(fact: Fact, superseded_by: Fact | None) -> tuple[ActEntry, ...]:
    """Return the acts that a fact tells of; `superseded_by` is the fact that claims to take its place."""
    found = [*_signature(fact), *_entry_into_force(fact), *_events(fact)]
    found = _with_approval(fact, found)
    found += _ends(fact, superseded_by)
    return (*found, *_attestation(fact, found))


def _signature(fact: Fact) -> Iterator[ActEntry]:
    """Yield what the date of signature stands for: the signature, unless the note says that it is another act."""
    date, note = when(fact["signed_on"]), fact["note"] or ""
    if date is None:
        return
    common = {
        "date": date,
        "place_city": fact["place_city"] or "",
        "place_country": fact["place_country"],
        "source": fact["source"],
        "verification": fact["verification"],
    }
    meant = next((kind for pattern, kind in SIGNED_MEANS if pattern.search(note)), ActKind.SIGNATURE)
    if fact["signed_precision"] == "decade":
        meant = ActKind.CONCLUSION
    if OPENED.search(note):
        yield ActEntry(kind=ActKind.OPENED_FOR_SIGNATURE, **common)
    if meant == ActKind.APPROVAL:
        body, bound = finding.body_in(note, fact)
        yield ActEntry(kind=meant, by_body=body, on_behalf_of=bound or finding.other_party(fact), **common)
    elif meant == ActKind.SIGNATURE and (keys := finding.keys_that_signed(fact)):
        for key in keys:
            yield ActEntry(kind=meant, party=key, **common)
    else:
        yield ActEntry(kind=meant, **common)


def _entry_into_force(fact: Fact) -> Iterator[ActEntry]:
    date = when(fact["in_force_on"])
    if date is None or any(pattern.search(fact["note"] or "") for pattern, _ in SIGNED_MEANS):
        return
    yield ActEntry(kind=ActKind.ENTRY_INTO_FORCE, date=date, source=fact["source"], verification=fact["verification"])


def _events(fact: Fact) -> Iterator[ActEntry]:
    for event in fact["events"]:
        kind = kind_of_event(event["event"])
        date = when(event["date"])
        if kind == ActKind.ATTESTATION and date is None:
            kind = ActKind.MILESTONE
        body, bound = finding.body_in(event["event"], fact) if kind not in _OF_NOBODY else (None, None)
        is_done_by_party = body is None and bound is None and kind not in _OF_NOBODY
        yield ActEntry(
            kind=kind,
            date=date,
            by_body=body,
            party=finding.party_in(event["event"], fact) if is_done_by_party else None,
            on_behalf_of=bound,
            text=event["event"],
            source=event["source"],
        )


#: What an event tells of without saying who did it.
_OF_NOBODY = (ActKind.MILESTONE, ActKind.RENEWAL, ActKind.ATTESTATION, ActKind.AMENDMENT, ActKind.REGISTRATION)


def _with_approval(fact: Fact, acts: list[ActEntry]) -> list[ActEntry]:
    """Add the approval by our General Assembly; an event that tells of the same one is that approval."""
    approval = fact["interpol_ga_approval"]
    if approval is None:
        return acts
    told = f"approval by session {approval['session']} of the General Assembly, {approval['year']}"
    document = approval["resolution"] or ""
    decision = finding.decision_of(fact)
    for place, act in enumerate(acts):
        match = OUR_ASSEMBLY.search(act.text)
        if act.kind == ActKind.APPROVAL and match and int(match[1]) == approval["session"]:
            text = f"{act.text} ({told})"
            values = {**vars(act), "text": text, "verification": approval["verification"], "decision": decision}
            return [*acts[:place], ActEntry(**{**values, "document": document}), *acts[place + 1 :]]
    new = ActEntry(
        kind=ActKind.APPROVAL,
        date=finding.days_of_session(approval["session"]) or str(approval["year"]),
        by_body=finding.our_assembly(),
        on_behalf_of=finding.our_key(fact),
        document=document,
        text=told,
        source=approval.get("source") or "",
        verification=approval["verification"],
        decision=decision,
    )
    return [*acts, new]


def _ends(fact: Fact, superseded_by: Fact | None) -> Iterator[ActEntry]:
    """Yield the end that the status tells of and no event dates: by a newer agreement, or with the partner."""
    status = STATUSES.get(fact["status"])
    inferred = {"source": fact["source"], "verification": Verification.INFERRED}
    if status == Status.SUPERSEDED and superseded_by is not None:
        text = f"by the agreement {superseded_by['title']!r} ({fact['status_basis']})"
        yield ActEntry(kind=ActKind.SUPERSESSION, date=_since(superseded_by), text=text, **inferred)
    elif status == Status.LAPSED:
        endings = [ENDED_WITH_PARTNER[key] for key in fact["parties"] if key in ENDED_WITH_PARTNER]
        for ending in endings[:1]:
            yield ActEntry(kind=ActKind.LAPSE, date=ending.date, text=ending.text, **inferred)


def _since(newer: Fact) -> str | None:
    """Return since when the newer agreement holds: from its date until the day as of which it is attested."""
    start = when(newer["in_force_on"] or newer["signed_on"])
    is_exact = start is not None and not any(pattern.search(newer["note"] or "") for pattern, _ in SIGNED_MEANS)
    if start is None or (is_exact and newer["in_force_on"]):
        return start
    attested = _YEAR_OR_DAY.search(newer["status_basis"])
    return f"{start}/{attested[1]}" if attested else None


def _attestation(fact: Fact, acts: list[ActEntry]) -> Iterator[ActEntry]:
    """Yield what the source states of the status, on its day; an assumed status is no statement."""
    status, basis = STATUSES.get(fact["status"]), fact["status_basis"]
    kinds = {act.kind for act in acts}
    if status is None or basis.startswith("assumed") or kinds & PROVED_BY[status]:
        return
    is_stated = basis.startswith("stated")
    if not is_stated and status != Status.IN_NEGOTIATION:
        return
    date = _day_of_statement(fact)
    if any(act.kind == ActKind.ATTESTATION and act.date == date for act in acts):
        return
    yield ActEntry(
        kind=ActKind.ATTESTATION,
        date=date,
        attests=status,
        text=basis,
        source=fact["source"],
        verification=fact["verification"],
    )


def _day_of_statement(fact: Fact) -> str | None:
    """Return the day of a statement: in its own words, or for talks by the year in the address."""
    if said := _YEAR_OR_DAY.search(fact["status_basis"]):
        return said[1]
    address = _YEAR_IN_ADDRESS.search(fact["source"])
    return address[1] if address and STATUSES[fact["status"]] == Status.IN_NEGOTIATION else None

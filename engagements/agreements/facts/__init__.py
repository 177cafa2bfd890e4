"""Loads the agreements that the register starts with, through the services.

`words` has the sources' words in ours, `acts` says what a fact proves, `finding` who and what it names. Every fact
keeps its `origin` (`facts:agreement:…`), so that loading twice changes nothing.
"""

from pathlib import Path
from typing import Any

from engagements.agreements import services
from engagements.agreements.facts import finding
from engagements.agreements.facts.acts import Fact, acts_of
from engagements.agreements.facts.words import CLAUSE, GOVERNMENT, INSTRUMENTS, MULTILATERAL, RELATIONS, THROUGH
from engagements.agreements.vocabulary import ClauseKind, Instrument, PartySide, Relation
from sgoffice.directory.facts import Report, noted, organization_by_fact, person_named, read_facts, source_of, when
from sgoffice.directory.facts.provenance import is_loaded
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Conflict

DATA = Path(__file__).resolve().parent.parent / "data"
_OURS = "interpol"


def load(report: Report) -> None:
    """Load every agreement that is not there yet; what a newer one supersedes stands before it."""
    facts = read_facts(DATA, "agreements")
    newer = {fact["supersedes"]: fact for fact in facts if fact["supersedes"]}
    waiting = [fact for fact in facts if not is_loaded(finding.origin(fact["id"]))]
    count = len(waiting)
    while waiting:
        ready = [fact for fact in waiting if all(is_loaded(finding.origin(other)) for _, other in _relations(fact))]
        if not ready:
            message = f"agreements that refer to each other: {[fact['id'] for fact in waiting]}"
            raise ValueError(message)
        for fact in ready:
            services.open_agreement(entry_of(fact, newer.get(fact["id"])), by=OFFICE)
        waiting = [fact for fact in waiting if fact not in ready]
    report(f"{count} agreements")


def entry_of(fact: Fact, superseded_by: Fact | None = None) -> services.AgreementEntry:
    """Return the entry of a fact."""
    note = fact["note"] or ""
    return services.AgreementEntry(
        title=fact["title"],
        titles={"en": fact["title"]},
        instrument=_instrument(fact),
        is_bilateral=fact["kind"] not in MULTILATERAL,
        parties=_parties(fact),
        acts=acts_of(fact, superseded_by),
        relations=tuple(
            services.RelationEntry(relation=relation, agreement=finding.agreement_by_fact(other))
            for relation, other in _relations(fact)
        ),
        entry_into_force=_clause(note),
        expires=when(fact["expires_on"]),
        marking="public",
        sources=source_of(fact["source"], fact["verification"]),
        caveats=(note,) if note else (),
        conflicts=_conflicts(note),
        notes=noted(fact, ("id", "kind", "status", "status_basis")),
        origin=finding.origin(fact["id"]),
    )


def _instrument(fact: Fact) -> str:
    if "Privileges and Immunities" in fact["title"] and fact["kind"] in MULTILATERAL:
        return Instrument.PRIVILEGES_AND_IMMUNITIES
    return INSTRUMENTS.get(fact["kind"].lower(), Instrument.OTHER)


def _parties(fact: Fact) -> tuple[services.PartyEntry, ...]:
    """Return the parties: organizations, then State parties; ours sits on our side, our foundation on a third."""
    found = []
    for key in fact["parties"]:
        organization = organization_by_fact(key)
        side = PartySide.OURS if key == _OURS else PartySide.THEIRS
        if key.startswith(f"{_OURS}-"):
            side = PartySide.THIRD_PARTY
        through = _through(fact) if side == PartySide.THEIRS and not fact["party_countries"] else ""
        signatories = _signatories(fact, str(organization))
        found.append(
            services.PartyEntry(organization=organization, side=side, through=through, signatories=signatories)
        )
    for code in fact["party_countries"]:
        signatories = _signatories(fact, code)
        found.append(services.PartyEntry(country=code, through=_through(fact), signatories=signatories))
    return tuple(found)


def _through(fact: Fact) -> str:
    match = GOVERNMENT.search(fact["note"] or "") or THROUGH.search(fact["title"])
    return match[1] if match else ""


def _signatories(fact: Fact, key: str) -> tuple[services.SignatoryEntry, ...]:
    sources = source_of(fact["source"], fact["verification"])
    return tuple(
        services.SignatoryEntry(
            name=item["name"],
            person=person_named(item["name"], sources=sources),
            title=item.get("title") or "",
            capacity=item.get("capacity") or "",
        )
        for item in fact["signatories"]
        if finding.key_of(item["for_party"], fact) == key
    )


def _relations(fact: Fact) -> list[tuple[str, str]]:
    found = [(Relation.SUPERSEDES, fact["supersedes"])] if fact["supersedes"] else []
    return [*found, RELATIONS[fact["id"]]] if fact["id"] in RELATIONS else found


def _clause(note: str) -> dict[str, Any] | None:
    match = CLAUSE.search(note)
    if match is None:
        return None
    signature = {"kind": ClauseKind.SIGNATURE_BY_ALL.value, "after": f"P{match[1]}D"}
    if not match[2]:
        return signature
    return {"kind": ClauseKind.ALL_OF.value, "clauses": [signature, {"kind": ClauseKind.APPROVAL_BY_ALL.value}]}


def _conflicts(note: str) -> tuple[Conflict, ...]:
    """Return what a note tells of sources that say otherwise."""
    _, found, value = note.partition("CONFLICT: ")
    if not found:
        return ()
    return (Conflict(pointer="/signed" if "since the signing" in value else "/parties", value=value),)

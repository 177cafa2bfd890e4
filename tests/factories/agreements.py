"""Makers of agreements: two parties, and the acts that a test names."""

from itertools import count
from typing import Any

from engagements.agreements import services
from engagements.agreements.models import Agreement
from sgoffice.changes.door import ANY_VERSION
from sgoffice.directory.models import Organization
from sgoffice.records.actors import OFFICE
from sgoffice.records.entries import Correction
from tests.factories import directory

_numbers = count(1)


def parties(*, ours: Organization | None = None, theirs: Organization | None = None) -> tuple[services.PartyEntry, ...]:
    ours = ours or directory.organization(f"Our organization {next(_numbers)}")
    theirs = theirs or directory.organization(f"Their organization {next(_numbers)}")
    return (
        services.PartyEntry(organization=ours.pk, side="ours"),
        services.PartyEntry(organization=theirs.pk, side="theirs"),
    )


def act(kind: str, date: str | None = None, **values: Any) -> services.ActEntry:
    return services.ActEntry(kind=kind, date=date, **values)


def agreement_entry(*acts: services.ActEntry, **values: Any) -> services.AgreementEntry:
    given = {"title": f"Agreement {next(_numbers)}", "instrument": "cooperation_agreement", "acts": acts}
    given |= {"allow_duplicate": True, **values}
    if "parties" not in given:
        given["parties"] = parties()
    return services.AgreementEntry(**given)


def agreement(*acts: services.ActEntry, **values: Any) -> Agreement:
    return services.open_agreement(agreement_entry(*acts, **values), by=OFFICE)


def in_force_since(date: str = "2009-04-26", **values: Any) -> Agreement:
    return agreement(act("signature", date), act("entry_into_force", date), **values)


def relate(agreement: Agreement, relation: str, other: Agreement, *articles: str) -> Agreement:
    """Make this the only relation of an agreement."""
    entry = services.RelationEntry(relation=relation, agreement=other.pk, articles=articles)
    correction = Correction(services.AgreementEntry, {"relations": (entry,)})
    return services.correct_agreement(agreement.pk, correction, by=OFFICE, expected=ANY_VERSION)

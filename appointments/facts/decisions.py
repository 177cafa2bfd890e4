"""Resolutions of the United Nations and of our General Assembly, amendments, and approvals of agreements."""

from pathlib import Path
from typing import Any

from appointments import services
from appointments.facts.bodies import HERE, body_id
from appointments.facts.sessions import session_by_number
from appointments.models import Decision
from appointments.vocabulary import Adoption, DecisionKind
from sgoffice.directory.facts import Report, noted, read_facts, source_of, when
from sgoffice.directory.facts.provenance import is_loaded
from sgoffice.records.actors import OFFICE

_BODIES = {
    "UN General Assembly": "un-general-assembly",
    "UN Security Council": "un-security-council",
    "UN Economic and Social Council": "ecosoc",
    "INTERPOL General Assembly": "general-assembly",
}


def load_resolutions(report: Report) -> None:
    """Load every resolution that is not there yet."""
    new = [fact for fact in read_facts(HERE, "resolutions") if not is_loaded(resolution_origin(fact))]
    for fact in new:
        services.record_decision(_resolution(fact), by=OFFICE)
    report(f"{len(new)} resolutions")


def load_amendments(report: Report) -> None:
    """Load the amendments of the Constitution as decisions of the sessions that adopted them."""
    new = [
        fact for fact in read_facts(HERE, "constitution_rules")["amendments"] if not is_loaded(amendment_origin(fact))
    ]
    for fact in new:
        services.record_decision(_amendment(fact), by=OFFICE)
    report(f"{len(new)} amendments of the Constitution")


def load_approvals(report: Report) -> None:
    """Load the approvals of agreements by our General Assembly that the register of agreements names."""
    place = Path(HERE) / "approvals.json"
    count = 0
    for fact in read_facts(place.parent, "approvals"):
        if is_loaded(f"facts:approval:{fact['agreement']}"):
            continue
        services.record_decision(_approval(fact), by=OFFICE)
        count += 1
    report(f"{count} approvals of agreements")


def resolution_origin(fact: dict[str, Any]) -> str:
    """Return where a resolution came from."""
    return f"facts:resolution:{fact['symbol']}"


def amendment_origin(fact: dict[str, Any]) -> str:
    """Return where an amendment came from."""
    return f"facts:amendment:{fact['year']}"


def _resolution(fact: dict[str, Any]) -> services.DecisionEntry:
    is_ours = fact["body"] == "INTERPOL General Assembly"
    session = session_by_number(fact["session"]) if is_ours else None
    note = fact["note"] or ""
    return services.DecisionEntry(
        body=body_id(_BODIES[fact["body"]]),
        kind=DecisionKind.DECISION if fact["symbol"].startswith("decision") else DecisionKind.RESOLUTION,
        symbol=fact["symbol"],
        title=fact["title"],
        adopted=when(fact["adopted_on"]),
        adoption=Adoption.WITHOUT_VOTE if "without a vote" in note else "",
        session=session.pk if session else None,
        marking="public",
        sources=source_of(fact["source"], fact["verification"]),
        notes=noted(fact, ["session", "note"]),
        origin=resolution_origin(fact),
    )


def _amendment(fact: dict[str, Any]) -> services.DecisionEntry:
    session = session_by_number(fact["session"])
    what = (
        "The Constitution is adopted"
        if fact["articles"] == "adopted"
        else f"Amendment of the Constitution: {fact['articles']}"
    )
    return services.DecisionEntry(
        body=body_id("general-assembly"),
        kind=DecisionKind.DECISION,
        title=what,
        adopted=str(fact["year"]),
        session=session.pk if session else None,
        marking="public",
        sources=source_of(fact["source"], fact["verification"]),
        notes=noted(fact, ["session", "city"]),
        origin=amendment_origin(fact),
    )


def _approval(fact: dict[str, Any]) -> services.DecisionEntry:
    symbol = fact["symbol"] or ""
    session = session_by_number(fact["session"])
    if symbol and Decision.objects.filter(body__slug="general-assembly", symbol=symbol).exists():
        symbol = ""  # the resolution itself stands in the register under its symbol
    return services.DecisionEntry(
        body=body_id("general-assembly"),
        kind=DecisionKind.DECISION,
        symbol=symbol,
        title=f"Approval: {fact['title']}"[:500],
        adopted=str(fact["year"]) if fact["year"] else None,
        session=session.pk if session else None,
        marking="public",
        sources=source_of(fact["source"], fact["verification"]),
        notes=noted(fact, ["symbol"]),
        origin=f"facts:approval:{fact['agreement']}",
    )

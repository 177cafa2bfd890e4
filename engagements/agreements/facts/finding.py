"""Who and what a fact names: parties by their keys, governing bodies and sessions, decisions, other agreements."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appointments.models import Body, Session
from sgoffice.directory.facts import country_code, organization_by_fact
from sgoffice.directory.models import Organization
from sgoffice.directory.rules import fold
from sgoffice.records.models import Entry

Fact = Mapping[str, Any]
_OURS = "interpol"
#: Governing bodies by the words of the texts, and whose they are; first the longer names.
_BODIES = (
    (re.compile(r"Council of the European Union|^Council Decisions \(EU\)"), "Council of the European Union", "eu"),
    (re.compile(r"ECOSOC"), "UN Economic and Social Council", "un"),
    (re.compile(r"SELEC Council"), "SELEC Council", "selec"),
    (re.compile(r"Executive Committee"), "Executive Committee", _OURS),
    (re.compile(r"General Assembly"), "General Assembly", _OURS),
)


def origin(fact_id: str) -> str:
    """Return where an agreement came from."""
    return f"facts:agreement:{fact_id}"


def agreement_by_fact(fact_id: str) -> UUID:
    """Return the id of the agreement that the files call by this word."""
    return Entry.objects.values_list("pk", flat=True).get(origin=origin(fact_id))


def decision_of(fact: Fact) -> UUID | None:
    """Return the decision by which our General Assembly approved the agreement, if the register has it."""
    rows = Entry.objects.filter(origin=f"facts:approval:{fact['id']}", kind="decision")
    return rows.values_list("pk", flat=True).first()


def key_of(named: str, fact: Fact) -> str | None:
    """Return the key of the party that a fact names by its word or by the name of its country."""
    if named in fact["parties"]:
        return str(organization_by_fact(named))
    code = country_code(named)
    return code if code in fact["party_countries"] else None


def keys_that_signed(fact: Fact) -> list[str]:
    """Return the keys of the parties if a signatory of each is named; nothing otherwise: then all signed together."""
    parties = {*fact["parties"], *fact["party_countries"]}
    signed = [key_of(item["for_party"], fact) for item in fact["signatories"]]
    keys = [key for key in dict.fromkeys(signed) if key is not None]
    return keys if len(keys) == len(parties) else []


def our_key(fact: Fact) -> str | None:
    """Return the key of our own organization, if it is a party."""
    return str(organization_by_fact(_OURS)) if _OURS in fact["parties"] else None


def other_party(fact: Fact) -> str | None:
    """Return the key of the only other party; nothing when there are several."""
    others = [str(organization_by_fact(key)) for key in fact["parties"] if key != _OURS] + list(fact["party_countries"])
    return others[0] if len(others) == 1 else None


def party_in(text: str, fact: Fact) -> str | None:
    """Return the key of the party of which a text says that it did something: “approved by WADA”."""
    for key in fact["parties"]:
        organization = Organization.objects.get(pk=organization_by_fact(key))
        names = {fold(name) for name in (*organization.all_names(), key) if name}
        if any(f" by {name} " in f" {fold(text)} " for name in names):
            return str(organization.pk)
    return None


def body_in(text: str, fact: Fact) -> tuple[UUID | None, str | None]:
    """Return the governing body that a text names as the one that acts, and the key of the party that it binds.

    The body of a party binds that party; another one (the Council of the European Union) the only other party.
    """
    for pattern, name, owner in _BODIES:
        if pattern.search(text):
            is_of_party = owner in fact["parties"]
            return body_named(name, owner), str(organization_by_fact(owner)) if is_of_party else other_party(fact)
    return None, None


def our_assembly() -> UUID | None:
    """Return our General Assembly."""
    return body_named("General Assembly", _OURS)


def body_named(name: str, owner: str) -> UUID | None:
    """Return the body of that name among those of an organization, if the register has it."""
    rows = Body.objects.live().filter(organization=organization_by_fact(owner))
    found = [body.pk for body in rows if any(fold(known).endswith(fold(name)) for known in body.all_names())]
    return found[0] if len(found) == 1 else None


def days_of_session(number: int) -> str | None:
    """Return the days of a session of our General Assembly, as far as they are known."""
    session = Session.objects.live().filter(body=our_assembly(), number=number).first()
    if session is None or not session.begins:
        return None
    return f"{session.begins}/{session.ends}" if session.ends and "/" not in session.begins else session.begins

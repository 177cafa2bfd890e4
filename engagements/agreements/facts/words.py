"""The words of the sources in ours. What they do not prove is left open; each source's own word stays as a note."""

import re
from dataclasses import dataclass

from engagements.agreements.vocabulary import ActKind, Instrument, Relation, Status

#: What a source calls an instrument.
INSTRUMENTS = {
    "cooperation agreement": Instrument.COOPERATION_AGREEMENT,
    "co-operation agreement": Instrument.COOPERATION_AGREEMENT,
    "agreement": Instrument.COOPERATION_AGREEMENT,
    "framework agreement": Instrument.FRAMEWORK_AGREEMENT,
    "memorandum of understanding": Instrument.MEMORANDUM_OF_UNDERSTANDING,
    "memorandum": Instrument.MEMORANDUM_OF_UNDERSTANDING,
    "convention": Instrument.CONVENTION,
    "treaty": Instrument.CONVENTION,
    "multilateral agreement": Instrument.CONVENTION,
    "protocol": Instrument.PROTOCOL,
    "arrangement": Instrument.ARRANGEMENT,
    "special arrangement": Instrument.ARRANGEMENT,
    "working arrangement": Instrument.WORKING_ARRANGEMENT,
    "supplementary arrangement": Instrument.SUPPLEMENTARY_ARRANGEMENT,
    "interim agreement": Instrument.INTERIM_AGREEMENT,
    "exchange of letters": Instrument.EXCHANGE_OF_LETTERS,
    "letter of intent": Instrument.LETTER_OF_INTENT,
    "declaration of intent": Instrument.DECLARATION_OF_INTENT,
    "joint declaration": Instrument.JOINT_DECLARATION,
    "joint statement": Instrument.JOINT_DECLARATION,
    "headquarters agreement": Instrument.HEADQUARTERS_AGREEMENT,
    "host country agreement": Instrument.HOST_AGREEMENT,
    "host agreement": Instrument.HOST_AGREEMENT,
    "privileges and immunities": Instrument.PRIVILEGES_AND_IMMUNITIES,
    "funding agreement": Instrument.FUNDING_AGREEMENT,
    "contribution agreement": Instrument.FUNDING_AGREEMENT,
    "action plan": Instrument.ACTION_PLAN,
    "joint action plan": Instrument.ACTION_PLAN,
    "other": Instrument.OTHER,
}
#: Kinds that are open to many.
MULTILATERAL = frozenset({"multilateral agreement", "convention", "treaty"})

#: What a source calls the present state, and which acts would prove it.
STATUSES = {
    "negotiation": Status.IN_NEGOTIATION,
    "in negotiation": Status.IN_NEGOTIATION,
    "draft": Status.IN_NEGOTIATION,
    "authorised": Status.IN_NEGOTIATION,
    "initialled": Status.INITIALLED,
    "signed": Status.SIGNED,
    "approved": Status.APPROVED,
    "provisionally_applied": Status.PROVISIONALLY_APPLIED,
    "in_force": Status.IN_FORCE,
    "suspended": Status.SUSPENDED,
    "terminated": Status.TERMINATED,
    "denounced": Status.TERMINATED,
    "ended": Status.LAPSED,
    "lapsed": Status.LAPSED,
    "expired": Status.EXPIRED,
    "superseded": Status.SUPERSEDED,
    "replaced": Status.SUPERSEDED,
}
PROVED_BY: dict[str, frozenset[str]] = {
    Status.IN_NEGOTIATION: frozenset({ActKind.NEGOTIATION_MANDATE, ActKind.SIGNING_MANDATE}),
    Status.INITIALLED: frozenset({ActKind.INITIALLING}),
    Status.SIGNED: frozenset({ActKind.SIGNATURE}),
    Status.APPROVED: frozenset({ActKind.APPROVAL}),
    Status.PROVISIONALLY_APPLIED: frozenset({ActKind.PROVISIONAL_APPLICATION}),
    Status.IN_FORCE: frozenset({ActKind.ENTRY_INTO_FORCE, ActKind.RENEWAL}),
    Status.SUSPENDED: frozenset({ActKind.SUSPENSION}),
    Status.TERMINATED: frozenset({ActKind.TERMINATION, ActKind.WITHDRAWAL, ActKind.NOTICE_OF_TERMINATION}),
    Status.LAPSED: frozenset({ActKind.LAPSE}),
    Status.EXPIRED: frozenset({ActKind.EXPIRY}),
    Status.SUPERSEDED: frozenset({ActKind.SUPERSESSION}),
}

#: What the text of an event says was done: the first that fits counts, anything else is a milestone.
EVENTS: tuple[tuple[re.Pattern[str], ActKind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"^to be |^first proposed|^proposal|recommend|^plans? to ", ActKind.MILESTONE),
        (r"\bnotice of (termination|denunciation|withdrawal)|gives? notice|gave notice", ActKind.NOTICE_OF_TERMINATION),
        (r"^resum(ed|ption)|suspension (is |was )?lifted|\bresumes\b", ActKind.RESUMPTION),
        (r"^suspen(ded|sion)|\bsuspends?\b|\bwas suspended", ActKind.SUSPENSION),
        (r"^(extended|renewed|prolonged)|^(extension|renewal)\b", ActKind.RENEWAL),
        (r"\bwithdr(aws|ew|awal)\b", ActKind.WITHDRAWAL),
        (r"^terminat(ed|ion)|^denounced|\bterminates\b", ActKind.TERMINATION),
        (r"^expir(ed|y)|\bexpires\b", ActKind.EXPIRY),
        (r"^lapsed|\blapses\b|ceased to (exist|apply)", ActKind.LAPSE),
        (r"^(superseded|replaced) by", ActKind.SUPERSESSION),
        (r"provisional(ly)? appli", ActKind.PROVISIONAL_APPLICATION),
        (r"enter(s|ed)? into force|entry into force", ActKind.ENTRY_INTO_FORCE),
        (r"^operational (start|since|from)|\bbecame operational", ActKind.ATTESTATION),
        (r"\bin force\b", ActKind.ATTESTATION),
        (r"authori[sz]es? negotiations|mandate to negotiate|negotiations (are |were )?(opened|authori[sz]ed)",
         ActKind.NEGOTIATION_MANDATE),
        (r"mandates? .*\bto sign\b|authori[sz]es? .*\bsign(ature|ing)?\b", ActKind.SIGNING_MANDATE),
        (r"^initialled|\binitialling\b", ActKind.INITIALLING),
        (r"opened for signature", ActKind.OPENED_FOR_SIGNATURE),
        (r"^ratified|\bratifies\b|instrument of ratification", ActKind.RATIFICATION),
        (r"^acceded|\baccedes\b", ActKind.ACCESSION),
        (r"^accepted by", ActKind.ACCEPTANCE),
        (r"notif(ies|ied|ication)", ActKind.NOTIFICATION),
        (r"\b(approved|endorsed) by|\bapproves\b|general assembly ends having backed", ActKind.APPROVAL),
        (r"^text adopted|^adopted", ActKind.ADOPTION),
        (r"^registered", ActKind.REGISTRATION),
        (r"^amended|^amendment", ActKind.AMENDMENT),
        (r"^signed", ActKind.SIGNATURE),
    )
)  # fmt: skip

#: What a note says of the date of signature: which act it really is.
SIGNED_MEANS: tuple[tuple[re.Pattern[str], ActKind], ...] = (
    (re.compile(r"whether it is signature or entry into force is not said"), ActKind.CONCLUSION),
    (re.compile(r"taken as the date of conclusion"), ActKind.CONCLUSION),
    (re.compile(r"date of the .*resolution that approved it"), ActKind.APPROVAL),
)
OPENED = re.compile(r"^opened for signature that day")
CLAUSE = re.compile(r"in force (\d+) days after signature(, subject to approval by both sides)?")
THROUGH = re.compile(
    r"((?:Office of the Prosecutor|Investigations section|permanent secretariat|Ministry of [A-Z]\w+(?: [A-Z]\w+)*))"
    r"(?= of\b)"
)
GOVERNMENT = re.compile(r"other party: (Government of [A-Z]\w+(?: [A-Z]\w+)*)")
OUR_ASSEMBLY = re.compile(r"(\d+)(?:st|nd|rd|th) General Assembly")

#: What a title says of another agreement of the files.
RELATIONS = {"un-1267-letters": (Relation.SUPPLEMENTS, "un-1997")}


@dataclass(frozen=True)
class Ending:
    """When a partner ceased to be, as organizations.json tells in its notes, from general knowledge."""

    date: str
    text: str


#: An agreement with a partner that is no more has lapsed with it.
ENDED_WITH_PARTNER = {
    "stl": Ending("2023-12-31", "the partner closed on 31 December 2023 (general knowledge)"),
    "g5-sahel": Ending("2023-12", "dissolution of the partner announced December 2023 (general knowledge)"),
}


def kind_of_event(text: str) -> ActKind:
    """Return which act the text of an event tells of; a milestone when it tells of none."""
    return next((kind for pattern, kind in EVENTS if pattern.search(text)), ActKind.MILESTONE)

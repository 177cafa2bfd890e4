"""What may be entered: of parties, of acts, and which step an agreement allows where it stands."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engagements.agreements.rules.spans import Window
from engagements.agreements.vocabulary import ENDED, ActKind, PartySide, Status
from sgoffice.records.errors import RuleViolation

TREATIES = "Vienna Convention on the Law of Treaties (1986)"
_NOT_ENDED = frozenset(Status) - ENDED
_MAKING = (
    ActKind.NEGOTIATION_MANDATE, ActKind.SIGNING_MANDATE, ActKind.INITIALLING, ActKind.ADOPTION,
    ActKind.OPENED_FOR_SIGNATURE, ActKind.SIGNATURE, ActKind.APPROVAL, ActKind.RATIFICATION, ActKind.ACCEPTANCE,
    ActKind.ACCESSION, ActKind.NOTIFICATION, ActKind.PROVISIONAL_APPLICATION,
)  # fmt: skip
#: In which statuses a step may be taken; a kind that is not named here may be recorded in any.
_ALLOWED: dict[str, frozenset[str]] = {
    **dict.fromkeys(_MAKING, _NOT_ENDED),
    ActKind.ENTRY_INTO_FORCE: _NOT_ENDED - {Status.IN_FORCE, Status.SUSPENDED},
    ActKind.RENEWAL: _NOT_ENDED | {Status.EXPIRED},
    ActKind.SUSPENSION: _NOT_ENDED - {Status.SUSPENDED},
    ActKind.RESUMPTION: frozenset({Status.SUSPENDED, Status.NOT_KNOWN}),
    ActKind.NOTICE_OF_TERMINATION: _NOT_ENDED,
    ActKind.WITHDRAWAL: _NOT_ENDED,
    ActKind.TERMINATION: _NOT_ENDED,
    ActKind.LAPSE: _NOT_ENDED,
    ActKind.SUPERSESSION: _NOT_ENDED,
}
_ARTICLES = {
    ActKind.ENTRY_INTO_FORCE: "Article 24",
    ActKind.PROVISIONAL_APPLICATION: "Article 25",
    ActKind.NOTICE_OF_TERMINATION: "Article 56",
    ActKind.TERMINATION: "Article 54",
    ActKind.WITHDRAWAL: "Article 54",
    ActKind.SUSPENSION: "Article 57",
    ActKind.RESUMPTION: "Article 72",
    ActKind.SUPERSESSION: "Article 59",
}


@dataclass(frozen=True)
class PartyValue:
    """A party as a plain value: the id of its organization or the code of its country, and its side."""

    organization: str
    country: str
    side: str


def require_parties(parties: Sequence[PartyValue], *, is_bilateral: bool) -> None:
    """Accept parties that can agree.

    Raises RuleViolation when a party is both an organization and a country or neither, when one is named twice, and
    when a bilateral agreement lacks its other party (ours need not be one).
    """
    for place, party in enumerate(parties):
        if bool(party.organization) == bool(party.country):
            raise RuleViolation(
                "A party is an organization or a country: name one of the two.",
                rule="organization-or-country",
                pointer=f"/parties/{place}",
            )
    counted = Counter(party.organization or party.country for party in parties)
    if twice := [place for place, party in enumerate(parties) if counted[party.organization or party.country] > 1]:
        raise RuleViolation("It is named twice.", rule="party-once", pointer=f"/parties/{twice[-1]}")
    others = [party for party in parties if party.side != PartySide.OURS]
    if is_bilateral and (len(parties) < 2 or not others):  # noqa: PLR2004 - it takes two
        raise RuleViolation(
            "A bilateral agreement has at least two parties, and one of them is not ours: name the other one.",
            rule="other-party",
            basis=f"{TREATIES}, Article 2 (1) (a)",
            pointer="/parties",
        )


@dataclass(frozen=True)
class ActValue:
    """An act as a plain value, before it is recorded."""

    kind: str
    party: str = ""
    by_body: str = ""
    on_behalf_of: str = ""
    date: Window | None = None
    effect: Window | None = None
    until: Window | None = None
    attests: str = ""
    source: str = ""


def require_act(act: ActValue, *, is_bilateral: bool, pointer: str = "") -> None:
    """Accept an act that says what its kind needs.

    Raises RuleViolation for an act of a party and a body at once, on behalf of oneself, for a notice that takes effect
    before it is given, for an end before the beginning, for an attestation without a source, and for a withdrawal of
    nobody from an agreement of several.
    """
    for broken, rule, detail, where in (
        (act.party and act.by_body, "party-or-body", _PARTY_OR_BODY, "by_body"),
        (act.party and act.party == act.on_behalf_of, "on-behalf-of-another", _ANOTHER, "on_behalf_of"),
        (act.attests and act.kind != ActKind.ATTESTATION, "attests", _ATTESTS, "attests"),
        (act.kind == ActKind.ATTESTATION and not act.source.strip(), "attested-by", _BY_WHOM, "source"),
        (act.kind == ActKind.WITHDRAWAL and not is_bilateral and not act.party, "withdrawal-of", _WHO, "party"),
        (_ends_before(act.date, act.until), "until-after-date", "It ends before it begins.", "until"),
        (
            act.kind in _ANNOUNCED and _ends_before(act.date, act.effect),
            "effect-after-notice",
            _EFFECT,
            "date_of_effect",
        ),
    ):
        if broken:
            raise RuleViolation(detail, rule=rule, pointer=f"{pointer}/{where}")


_PARTY_OR_BODY = "An act is done by a party or by a governing body, for which party says on_behalf_of."
_ANOTHER = "A party acts on behalf of another one; for itself it just acts."
_ATTESTS = "Only an attestation says of itself what status it attests; other acts prove theirs."
_BY_WHOM = "Say who attests it: an attestation is worth what its source is."
_WHO = "Say which party withdraws."
_EFFECT = "It takes effect before it was done."
_ANNOUNCED = (ActKind.NOTICE_OF_TERMINATION, ActKind.TERMINATION, ActKind.WITHDRAWAL)


def _ends_before(start: Window | None, end: Window | None) -> bool:
    return start is not None and end is not None and end.latest < start.earliest


def may_take(kind: str, status: str) -> bool:
    """Tell whether a step may be taken where an agreement stands."""
    return status in _ALLOWED.get(kind, frozenset(Status))


def require_step(kind: str, status: str, sentence: str) -> None:
    """Accept a step that makes sense where the agreement stands; raises RuleViolation with the reason why not."""
    if may_take(kind, status):
        return
    step = ActKind(kind).label.lower()
    raise RuleViolation(
        f"On that day it is {Status(status).label.lower()}, which leaves no room for this ({step}): {sentence} "
        "Correct the acts if the record is wrong.",
        rule=f"no-{kind}-when-{status}".replace("_", "-"),
        basis=f"{TREATIES}, {_ARTICLES[ActKind(kind)]}" if kind in _ARTICLES else "",
        pointer="/date",
    )

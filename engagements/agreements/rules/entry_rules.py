"""What an entry must satisfy: its parties, its acts, and the status in which a step may be taken."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engagements.agreements.rules.acts import ACTS, effective_window
from engagements.agreements.rules.bindings import bindings_of
from engagements.agreements.rules.case import Case
from engagements.agreements.rules.days import Window
from engagements.agreements.rules.deadlines import deadlines_of
from engagements.agreements.rules.events import end_of_first_term, expected_entry
from engagements.agreements.rules.status import PeriodFact, periods_of, status_on
from engagements.agreements.vocabulary import CONSENT, ENDED, ActKind, PartySide, Status
from sgoffice.records.errors import RuleViolation

TREATIES = "Vienna Convention on the Law of Treaties (1986)"
#: What announces an end: it never takes effect before it was done.
ANNOUNCING = tuple(sorted(kind for kind, rule in ACTS.items() if rule.announces))


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
                "A party is either an organization or a country: name one of them.",
                rule="organization-or-country",
                pointer=f"/parties/{place}",
            )
    counted = Counter(party.organization or party.country for party in parties)
    if twice := [place for place, party in enumerate(parties) if counted[party.organization or party.country] > 1]:
        raise RuleViolation("This party is named twice.", rule="party-once", pointer=f"/parties/{twice[-1]}")
    others = [party for party in parties if party.side != PartySide.OURS]
    if is_bilateral and (len(parties) < 2 or not others):  # noqa: PLR2004 - it takes two
        raise RuleViolation(
            "A bilateral agreement needs at least two parties, and one of them must not be ours: name the other party.",
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

    Raises RuleViolation for an act by both a party and a body, on one's own behalf, for a notice that takes effect
    before it is given, an end before the beginning, an attestation without a source, and a withdrawal from a
    multilateral agreement that does not name the party.
    """
    is_announcing = act.kind in ANNOUNCING
    for is_broken, rule, detail, where in (
        (act.party and act.by_body, "party-or-body", _PARTY_OR_BODY, "by_body"),
        (act.party and act.party == act.on_behalf_of, "on-behalf-of-another", _ANOTHER, "on_behalf_of"),
        (act.attests and act.kind != ActKind.ATTESTATION, "attests", _ATTESTS, "attests"),
        (act.kind == ActKind.ATTESTATION and not act.source.strip(), "attested-by", _BY_WHOM, "source"),
        (act.kind == ActKind.WITHDRAWAL and not is_bilateral and not act.party, "withdrawal-of", _WHO, "party"),
        (_ends_before(act.date, act.until), "until-after-date", "It would end before it begins.", "until"),
        (is_announcing and _ends_before(act.date, act.effect), "effect-after-notice", _EFFECT, "date_of_effect"),
    ):
        if is_broken:
            raise RuleViolation(detail, rule=rule, pointer=f"{pointer}/{where}")


_CONTRADICTION = re.compile(r"; [^;]*, which contradicts it")
_PARTY_OR_BODY = "Name either the party or the governing body that did it; for a body, on_behalf_of names its party."
_ANOTHER = "on_behalf_of names another party: leave it out when a party acts for itself."
_ATTESTS = "Only an attestation states a status: leave attests out."
_BY_WHOM = "Name the source: who attests it, and where."
_WHO = "Name the party that withdraws."
_EFFECT = "It cannot take effect before it was done."


def _ends_before(start: Window | None, end: Window | None) -> bool:
    return start is not None and end is not None and end.latest < start.earliest


def require_term(case: Case) -> None:
    """Refuse a day on which it expires that lies before it entered into force."""
    begun = [window for act in case.entries if (window := effective_window(act)) is not None]
    if begun and _ends_before(min(begun, key=lambda one: one.earliest), case.expires):
        raise RuleViolation(
            f"It would expire on {case.expires}, before it entered into force: correct the day on which it expires, "
            "or the entry into force.",
            rule="expires-after-entry",
            pointer="/expires",
        )


def require_effect(kind: str, before: Case, after: Case, *, on: date) -> None:
    """Refuse a step that changes neither the status of any day, nor what binds a party, nor what is awaited.

    That a party consented or notified for the first time is news, also where no known clause waits for it.
    """
    if _consequences(before) != _consequences(after):
        return
    period = status_on(before, on)
    raise RuleViolation(
        f"{ActKind(kind).label} on {Window.on(on)} changes nothing. {period.sentence} "
        "If it only belongs on file, record it as any other act; if the record is wrong, correct its acts.",
        rule="step-changes-nothing",
        pointer="/date",
    )


def _consequences(case: Case) -> tuple[object, ...]:
    periods = periods_of(case)
    awaited = expected_entry(case)
    consented = {(act.kind, act.parties) for act in case.of_kind(*CONSENT, ActKind.NOTIFICATION)}
    return (
        _told(periods),
        bindings_of(case, periods),
        deadlines_of(case, periods),
        awaited,
        end_of_first_term(case),
        consented,
    )


def _told(periods: Sequence[PeriodFact]) -> list[tuple[object, ...]]:
    """Return from when what holds; that something contradicts an end is no change."""
    found: list[tuple[object, ...]] = []
    for one in periods:
        facts = (one.status, one.basis, one.is_in_force, one.as_of, _CONTRADICTION.sub("", one.sentence))
        if not found or found[-1][1:] != facts:
            found.append((one.start, *facts))
    return found


def require_step(kind: str, period_status: str, sentence: str, *, on: date) -> None:
    """Refuse a step that the status on its day does not allow; the detail says why the agreement has that status."""
    rule = ACTS[ActKind(kind)]
    if period_status in rule.allowed_in:
        return
    status = Status(period_status)
    when = f"It was {status.label.lower()} by {Window.on(on)}"
    if status not in ENDED:
        when = f"On {Window.on(on)} it is {status.label.lower()}"
    raise RuleViolation(
        f"{when}, so {rule.refusal}. {sentence} If the record is wrong, correct its acts.",
        rule="step-not-allowed-in-status",
        basis=f"{TREATIES}, {rule.article}" if rule.article else "",
        pointer="/date",
    )

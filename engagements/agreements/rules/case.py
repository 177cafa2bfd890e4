"""What the rules are asked about: the acts, parties and terms of one agreement as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from engagements.agreements.rules.clauses import Clause
from engagements.agreements.rules.spans import Duration, Window
from engagements.agreements.vocabulary import ActKind, Status

_RANKS = {kind: rank for rank, kind in enumerate(ActKind)}


@dataclass(frozen=True)
class ActFact:
    """One act. Parties and bodies are keys; a sentence names them as `{party:key}` and `{body:key}`.

    An act with neither party nor body was done by all parties together, or concerns the agreement as a whole.
    """

    kind: str
    date: Window | None = None
    effect: Window | None = None
    until: Window | None = None
    party: str = ""
    by_body: str = ""
    on_behalf_of: str = ""
    attests: str = ""
    source: str = ""
    verification: str = ""

    @property
    def parties(self) -> frozenset[str]:
        """The parties that the act binds; none stands for all of them."""
        return frozenset(key for key in (self.party, self.on_behalf_of) if key)

    @property
    def is_of_all(self) -> bool:
        """Done by all parties together."""
        return not (self.party or self.by_body or self.on_behalf_of)

    @property
    def attested_status(self) -> str:
        """What an attestation says; in force unless it says something else."""
        return self.attests or Status.IN_FORCE

    @property
    def order(self) -> tuple[object, ...]:
        """A key over everything that the act says, so that the order of entry never counts."""
        windows = [(w.earliest, w.latest) if w else () for w in (self.date, self.effect, self.until)]
        words = (self.party, self.by_body, self.on_behalf_of, self.attests, self.source, self.verification)
        return (_RANKS[ActKind(self.kind)], *map(str, windows), *words)


@dataclass(frozen=True)
class Case:
    """An agreement as the rules see it."""

    parties: tuple[str, ...] = ()
    acts: tuple[ActFact, ...] = ()
    is_bilateral: bool = True
    entry_into_force: Clause | None = None
    duration: Duration | None = None
    tacit_renewal: Duration | None = None
    notice_period: Duration | None = None
    expires: Window | None = None
    kinds: dict[str, list[ActFact]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds: dict[str, list[ActFact]] = {}
        for act in sorted(self.acts, key=lambda item: item.order):
            kinds.setdefault(act.kind, []).append(act)
        object.__setattr__(self, "kinds", kinds)

    def of_kind(self, *kinds: str) -> list[ActFact]:
        """Return the acts of these kinds, in an order that depends on what they say alone."""
        return [act for kind in kinds for act in self.kinds.get(kind, ())]


def rank_of(kind: str) -> int:
    """Return the place of a kind of act in the order of the vocabulary."""
    return _RANKS[ActKind(kind)]


def who_did(acts: Iterable[ActFact], party: str) -> list[ActFact]:
    """Return the acts that count for a party: its own, those on its behalf, and those of all together."""
    return [act for act in acts if act.is_of_all or party in act.parties]

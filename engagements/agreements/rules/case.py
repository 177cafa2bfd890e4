"""An agreement as the rules see it: terms and acts as plain values, the events that follow, and the state they make."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from engagements.agreements.rules.days import Duration, Window
from engagements.agreements.vocabulary import ActKind, Basis, Status, Verification
from engagements.vocabulary import DateBasis

#: How a day is told that is not the event's own.
_HOW_SURELY: dict[str, str] = {DateBasis.REPORT: " or before", DateBasis.INFERRED: " (an inferred day)"}
_RANKS = {kind: rank for rank, kind in enumerate(ActKind)}
#: Doubts that outweigh what was certain before: the agreement may have ended.
_DOUBTED_FIRST = frozenset({ActKind.NOTICE_OF_TERMINATION, ActKind.WITHDRAWAL})
#: The stages before entry into force, in their order.
STAGES = ("", Status.IN_NEGOTIATION, Status.INITIALLED, Status.SIGNED, Status.APPROVED)


@dataclass(frozen=True)
class Clause:
    """What entry into force waits for, and how long after that it follows.

    `after` is added to the day on which the clause is met; `at_start_of_month` then moves on to the first day of the
    following month. `body` is the key of a governing body, `called` what the agreement calls it.
    """

    kind: str
    after: Duration | None = None
    at_start_of_month: bool = False
    number: int = 0
    day: Window | None = None
    body: str = ""
    called: str = ""
    clauses: tuple["Clause", ...] = ()


@dataclass(frozen=True)
class ActFact:
    """One act. Parties and bodies are keys; sentences name them as `{party:key}` and `{body:key}`.

    An act with neither a party nor a body was done by all parties together, or concerns the agreement as a whole.
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
    #: What the date rests on: with that of a report it happened on or before.
    date_basis: str = DateBasis.EVENT

    @property
    def parties(self) -> frozenset[str]:
        """The parties that the act binds; empty for an act of all parties."""
        return frozenset(key for key in (self.party, self.on_behalf_of) if key)

    @property
    def is_of_all(self) -> bool:
        """Done by all parties together."""
        return not (self.party or self.by_body or self.on_behalf_of)

    def how_surely(self, window: Window | None) -> str:
        """Return what is to be said behind a day, if it is this act's own and not that of the event."""
        if window is None or window != self.date or self.kind == ActKind.ATTESTATION:
            return ""  # a statement is a report itself
        return _HOW_SURELY.get(self.date_basis, "")

    @property
    def attested_status(self) -> str:
        """The status that an attestation states; in force unless it states another."""
        return self.attests or Status.IN_FORCE

    @property
    def order(self) -> tuple[object, ...]:
        """A sort key over everything the act says, so the order of entry never matters."""
        windows = [(w.earliest, w.latest) if w else () for w in (self.date, self.effect, self.until)]
        who = (self.party, self.by_body, self.on_behalf_of)
        how = (self.attests, self.source, self.verification, self.date_basis)
        return (rank_of(self.kind), *map(str, windows), *who, *how)


@dataclass(frozen=True)
class Case:
    """An agreement as the rules see it: parties, acts and terms."""

    parties: tuple[str, ...] = ()
    acts: tuple[ActFact, ...] = ()
    is_bilateral: bool = True
    entry_into_force: Clause | None = None
    duration: Duration | None = None
    tacit_renewal: Duration | None = None
    notice_period: Duration | None = None
    expires: Window | None = None
    #: How long what a source states of a day is taken to hold; None: for good, as it once was.
    attestations_hold: Duration | None = None
    #: When one that supersedes it as a whole enters into force.
    superseded: Window | None = None
    #: The id of each party's row, with its key.
    party_ids: tuple[tuple[UUID, str], ...] = ()
    kinds: dict[str, list[ActFact]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kinds: dict[str, list[ActFact]] = {}
        for act in sorted(self.acts, key=lambda item: item.order):
            kinds.setdefault(act.kind, []).append(act)
        object.__setattr__(self, "kinds", kinds)

    def of_kind(self, *kinds: str) -> list[ActFact]:
        """Return the acts of these kinds, in an order that does not depend on the order of entry."""
        return [act for kind in kinds for act in self.kinds.get(kind, ())]

    @property
    def entries(self) -> list[ActFact]:
        """The acts by which the agreement as a whole enters into force, not those for one party of several."""
        return [act for act in self.of_kind(ActKind.ENTRY_INTO_FORCE) if self.is_bilateral or not act.parties]


def is_statement(act: ActFact | None, case: Case) -> bool:
    """Tell whether an act proves a status for its own day alone: an attestation, or a renewal without an end."""
    if act is None:
        return False
    is_open_renewal = act.kind == ActKind.RENEWAL and act.until is None and case.tacit_renewal is None
    return act.kind == ActKind.ATTESTATION or is_open_renewal


def rank_of(kind: str) -> int:
    """Return the place of a kind of act in the vocabulary: the order in which acts of one day are read."""
    return _RANKS[ActKind(kind)]


@dataclass(frozen=True)
class Event:
    """Something that changes the state of an agreement on a day in `window`.

    `act` is the act that it is or follows from; none for what a clause or a term brings. `has_known_end` is false for a
    notice of which neither it nor the agreement says when it takes effect, and for the signature of an agreement that
    supersedes this one if nobody knows whether it is in force.
    """

    kind: str
    window: Window
    act: ActFact | None = None
    is_derived: bool = False
    has_known_end: bool = True

    @property
    def order(self) -> tuple[object, ...]:
        """The place among events of the same day: the vocabulary's order, then everything the event says."""
        act_order = self.act.order if self.act else ()
        return (rank_of(self.kind), self.window.earliest, self.window.latest, self.is_derived, act_order)

    @property
    def parties(self) -> frozenset[str]:
        return self.act.parties if self.act else frozenset()

    @property
    def is_inferred(self) -> bool:
        """Nobody states it: somebody concluded it from something else."""
        return self.act is not None and self.act.verification == Verification.INFERRED

    @property
    def when(self) -> str:
        """When, as it reads after a verb and as surely as it is known: “on 3 May 2010 or before”."""
        return f"{self.window.when}{self._surely}"

    @property
    def since(self) -> str:
        """When, as it reads after “since”."""
        return f"{self.window}{self._surely}"

    @property
    def _surely(self) -> str:
        return self.act.how_surely(self.window) if self.act is not None else ""

    @property
    def is_aged(self) -> bool:
        """What a statement of one day said holds no longer without another one."""
        return self.is_derived and self.kind in (ActKind.ATTESTATION, ActKind.RENEWAL)


@dataclass
class State:
    """What has happened to an agreement so far; each field holds the event that brought it about."""

    case: Case
    stage: str = ""
    stage_event: Event | None = None
    signed_by: set[str] = field(default_factory=set)
    consented: set[str] = field(default_factory=set)
    is_signed: bool = False
    signature: Event | None = None
    approvals: list[Event] = field(default_factory=list)
    consents: list[Event] = field(default_factory=list)
    provisional: Event | None = None
    force: Event | None = None
    suspension: Event | None = None
    notice: Event | None = None
    doubt: Event | None = None
    renewal: Event | None = None
    successor: Event | None = None
    #: What a source states of a day after its proved end.
    contradiction: Event | None = None
    #: By what each party of several left, or suspended the agreement for itself.
    left: dict[str, Event] = field(default_factory=dict)
    suspended_for: dict[str, Event] = field(default_factory=dict)
    #: What was announced and has not taken effect.
    notices: list[Event] = field(default_factory=list)
    ended: str = ""
    end: Event | None = None

    def status(self) -> tuple[str, Event | None]:
        """Return the status, and the event on which it rests."""
        if self.ended:
            return self.ended, self.end
        if self.doubt and (self.doubt.is_aged or self.doubt.kind in _DOUBTED_FIRST):
            return Status.NOT_KNOWN, self.doubt
        layers = (
            (Status.SUSPENDED, self.suspension),
            (Status.IN_FORCE, self.force),
            (Status.PROVISIONALLY_APPLIED, self.provisional),
            (Status.NOT_KNOWN, self.doubt),
            (self.stage, self.stage_event),
        )
        return next(((status, event) for status, event in layers if event is not None), (Status.NOT_KNOWN, None))

    def basis(self) -> str:
        status, event = self.status()
        if status == Status.NOT_KNOWN or event is None:
            return Basis.NOT_KNOWN
        return Basis.ATTESTED if is_statement(event.act, self.case) else Basis.COMPUTED

    def advance(self, stage: str, event: Event) -> None:
        """Move on to a stage before entry into force; from signature on, never back to an earlier one."""
        if STAGES.index(stage) >= min(STAGES.index(self.stage), STAGES.index(Status.SIGNED)):
            self.stage, self.stage_event = stage, event
            if self.is_unsure_of(*STAGES):
                self.doubt = None

    def finish(self, status: str, event: Event) -> None:
        """End the agreement, unless an act ended it before."""
        if not self.ended or (self.end and self.end.kind == ActKind.ATTESTATION):
            self.ended, self.end = status, event

    def is_unsure_of(self, *statuses: str) -> bool:
        """Whether one of these statuses was attested too long ago, and nothing newer is known."""
        act = self.doubt.act if self.doubt and self.doubt.is_aged else None
        return act is not None and act.kind == ActKind.ATTESTATION and act.attested_status in statuses

    def settle(self) -> None:
        """Leave the doubt that came with age or with a departure: something newer says where the agreement stands."""
        if self.doubt and (self.doubt.is_aged or self.doubt.kind == ActKind.WITHDRAWAL):
            self.doubt = None

    def revive(self) -> None:
        """Begin anew after an end: what ran before it, was suspended or announced counts no more."""
        if self.ended:
            self.force = self.provisional = self.suspension = self.notice = self.renewal = self.doubt = None
            self.left, self.suspended_for, self.notices = {}, {}, []
        self.ended, self.end, self.contradiction = "", None, None

    @property
    def is_left_by_most(self) -> bool:
        """Whether fewer than two of the recorded parties remain: whether it goes on among others is not known."""
        return bool(self.left) and len(set(self.case.parties) - self.left.keys()) < 2  # noqa: PLR2004 - it takes two

    @property
    def may_be_left_by_most(self) -> bool:
        """Whether fewer than two remain once those have left whose notice takes effect on a day that is not known."""
        leaving = {party for one in self.notices if not one.has_known_end for party in one.parties}
        return len(set(self.case.parties) - self.left.keys() - leaving) < 2  # noqa: PLR2004 - it takes two

    def return_of(self, parties: Iterable[str]) -> None:
        """Take note that parties that had left, or suspended the agreement for themselves, are bound again."""
        for party in parties:
            self.left.pop(party, None)
            self.suspended_for.pop(party, None)
        if self.doubt and self.doubt.kind == ActKind.WITHDRAWAL and not self.is_left_by_most:
            self.doubt = None

    def is_complete(self, done_by: set[str], event: Event) -> bool:
        """Whether all parties have done it, in one act together or each in its own."""
        is_of_all = event.act is not None and event.act.is_of_all
        return is_of_all or (bool(self.case.parties) and done_by >= set(self.case.parties))

"""What the services take: frozen values. Partial dates are EDTF text, records are ids, countries are codes."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from appointments.vocabulary import AppointmentKind, DecisionKind, Implementation, SessionStatus
from sgoffice.directory.services import NamedEntry
from sgoffice.records.entries import MarkedRecordEntry, RecordEntry
from sgoffice.records.references import register_references

register_references(
    {
        "appointed_by": "body",
        "body": "body",
        "by_body": "body",
        "decision": "decision",
        "decisions": "decision",
        "mandate": "mandate",
        "post": "post",
        "proposed_by": "body",
        "session": "session",
        "DecisionEntry.follows": "decision",
        "DecisionEntry.supersedes": "decision",
    }
)


@dataclass(frozen=True, kw_only=True)
class BodyEntry(NamedEntry):
    """A body that takes decisions."""

    slug: str
    organization: UUID


@dataclass(frozen=True, kw_only=True)
class PostEntry(RecordEntry):
    """A post that one person holds at a time, from when it was created until it ceased to exist."""

    slug: str
    label: str
    organization: UUID
    founding_date: str | None = None
    dissolution_date: str | None = None


@dataclass(frozen=True, kw_only=True)
class TermRuleEntry(RecordEntry):
    """The rule for the terms of a post, in force from `first_day` until the day before `until` (None: open)."""

    post: UUID
    legal_basis: str
    first_day: date | None = None
    until: date | None = None
    valid_from: str = ""
    term_months: int | None = None
    reappointments_allowed: int | None = None
    proposed_by: UUID | None = None
    appointed_by: UUID | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class SessionEntry(MarkedRecordEntry):
    """A session of a body."""

    body: UUID
    number: int | None = None
    status: str = SessionStatus.PLANNED
    begins: str | None = None
    ends: str | None = None
    city: str = ""
    country: str | None = None
    country_name_then: str = ""
    allow_duplicate: bool = field(
        default=False, metadata={"help_text": "This is another one than those that the body has on these days."}
    )


@dataclass(frozen=True, kw_only=True)
class DecisionEntry(MarkedRecordEntry):
    """A resolution, decision or recommendation of a body, and the session that adopted it.

    It `follows` the last one on the same matter, and `supersedes` those whose place it takes by its own text.
    """

    body: UUID
    title: str
    kind: str = DecisionKind.RESOLUTION
    symbol: str = ""
    adopted: str | None = None
    adoption: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstaining: int | None = None
    text: str = ""
    session: UUID | None = None
    follows: UUID | None = None
    supersedes: tuple[UUID, ...] = ()
    allow_duplicate: bool = field(
        default=False,
        metadata={"help_text": "This is another one than those that the body has of this title or symbol."},
    )


@dataclass(frozen=True, kw_only=True)
class MandateEntry(MarkedRecordEntry):
    """A paragraph that asks something of the Secretariat or of others."""

    decision: UUID
    text: str
    addressee: str = ""
    paragraph: str = ""
    responsible_unit: str = ""
    due_on: date | None = None
    status: str = Implementation.NOT_STARTED
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ImplementationEntry:
    """The implementation of a mandate, with evidence."""

    status: str
    evidence: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """Why a historical term departs from a rule."""

    rule: str
    reason: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class AppointmentEntry(MarkedRecordEntry):
    """A person for a post; `session` is where it was decided, `decision` by what. A proposal has no start.

    Who acts while the holder is absent, or by delegation, has the kind `acting`: `scope` says for what, `instrument` by
    what.
    """

    post: UUID
    person: UUID
    kind: str = AppointmentKind.APPOINTMENT
    number: int | None = None
    title: str = ""
    proposed: str | None = None
    proposed_by: UUID | None = None
    appointed: str | None = None
    appointed_by: UUID | None = None
    start: str | None = None
    end: str | None = None
    expected_end: str | None = None
    end_reason: str = ""
    scope: str = ""
    instrument: str = ""
    session: UUID | None = None
    decision: UUID | None = None
    deviation: Deviation | None = None


@dataclass(frozen=True, kw_only=True)
class StartEntry:
    """When a proposed person was appointed and takes office."""

    appointed: str
    start: str
    expected_end: str | None = None
    session: UUID | None = None
    decision: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DayEntry:
    """The day on which something happened."""

    on: date


@dataclass(frozen=True, kw_only=True)
class SettlementEntry:
    """Why a session is recorded as held or not held."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExtensionEntry:
    """Until when the holder stays beyond the term, and why."""

    until: str
    reason: str
    appointed: str | None = None
    session: UUID | None = None
    decision: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class EndEntry:
    """The day on which the successor takes over, and why the term ended."""

    on: str
    end_reason: str
    reason: str = ""

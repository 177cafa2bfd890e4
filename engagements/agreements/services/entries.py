"""The entries that the services of agreements take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from engagements.agreements.vocabulary import ActKind, PartySide, Status
from engagements.vocabulary import DateBasis
from sgoffice.records.entries import MarkedRecordEntry
from sgoffice.records.references import register_references

register_references({"by_agreement": "agreement"})


@dataclass(frozen=True, kw_only=True)
class SignatoryEntry:
    """Who signed for a party; the name may be left out when the person is known."""

    name: str = ""
    person: UUID | None = None
    title: str = ""
    capacity: str = ""
    on_behalf_of: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyEntry:
    """An organization or a country that is bound; `id` keeps a party that the agreement has."""

    id: UUID | None = None
    organization: UUID | None = None
    country: str | None = None
    called: str = ""
    through: str = ""
    side: str = PartySide.THEIRS
    signatories: tuple[SignatoryEntry, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """What every act can state: when, where, in which document, according to which source."""

    date: str | None = None
    date_basis: str = DateBasis.EVENT
    document: str = ""
    place_city: str = ""
    place_country: str | None = None
    text: str = ""
    source: str = ""
    verification: str = ""


@dataclass(frozen=True, kw_only=True)
class PartyStepEntry(StepEntry):
    """An act of a party, named by its organization's id or its country's code; without one, of all parties."""

    party: str | None = None


@dataclass(frozen=True, kw_only=True)
class ActEntry(PartyStepEntry):
    """Any act; `id` keeps an act that the agreement has, `decision` links the decision of the body."""

    id: UUID | None = None
    kind: str
    by_body: UUID | None = None
    on_behalf_of: str | None = None
    date_of_effect: str | None = None
    until: str | None = None
    attests: str = ""
    decision: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SignatureEntry(PartyStepEntry):
    """A signature, by one party or by all; who signed is added to the party."""

    signatories: tuple[SignatoryEntry, ...] = ()
    on_behalf_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class ApprovalEntry(PartyStepEntry):
    """An approval, by a party or by a governing body on behalf of one."""

    by_body: UUID | None = None
    on_behalf_of: str | None = None
    decision: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RatificationEntry(PartyStepEntry):
    """A party states that it is bound; `kind` is ratification, acceptance or accession."""

    kind: str = ActKind.RATIFICATION


@dataclass(frozen=True, kw_only=True)
class SuspensionEntry(PartyStepEntry):
    """A suspension or a provisional application, open-ended or until a day."""

    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class RenewalEntry(PartyStepEntry):
    """A renewal, with its own day of effect and last day if it has them."""

    date_of_effect: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class TerminationEntry(PartyStepEntry):
    """A notice, a withdrawal or a termination, at once or with a later day of effect."""

    date_of_effect: str | None = None


@dataclass(frozen=True, kw_only=True)
class SupersessionEntry(StepEntry):
    """The agreement that replaces this one, and since when."""

    by_agreement: UUID


@dataclass(frozen=True, kw_only=True)
class AttestationEntry(PartyStepEntry):
    """A source states the status of the agreement on a day."""

    attests: str = Status.IN_FORCE


@dataclass(frozen=True, kw_only=True)
class FocalPointEntry:
    """Whom to ask, on which side."""

    side: str = PartySide.OURS
    name: str = ""
    unit: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class TextEntry:
    """Where the agreement can be read."""

    language: str = ""
    title: str = ""
    url: str = ""
    document: str = ""
    is_authentic: bool = False


@dataclass(frozen=True, kw_only=True)
class RelationEntry:
    """How this agreement relates to another: amends, supersedes, implements or supplements it, or these articles."""

    relation: str
    agreement: UUID
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgreementEntry(MarkedRecordEntry):
    """An agreement with its parties and acts, or talks on one."""

    title: str
    instrument: str
    titles: Mapping[str, str] = field(default_factory=dict)
    short_title: str = ""
    is_bilateral: bool = True
    scope: tuple[str, ...] = ()
    topics: tuple[UUID, ...] = ()
    parties: tuple[PartyEntry, ...] = ()
    acts: tuple[ActEntry, ...] = ()
    relations: tuple[RelationEntry, ...] = ()
    entry_into_force: Mapping[str, Any] | None = None
    duration: str = ""
    tacit_renewal: str = ""
    notice_period: str = ""
    expires: str | None = None
    authentic_languages: tuple[str, ...] = ()
    registration_number: str = ""
    depositary: str = ""
    focal_points: tuple[FocalPointEntry, ...] = ()
    texts: tuple[TextEntry, ...] = ()
    allow_duplicate: bool = field(
        default=False,
        metadata={"help_text": "This is another one than those of this title with this counterpart."},
    )

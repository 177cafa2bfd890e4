"""What the services of partners take: frozen plain values."""

from dataclasses import dataclass
from uuid import UUID

from sgoffice.partners.vocabulary import ReleaseCondition
from sgoffice.records.entries import RecordEntry


@dataclass(frozen=True, kw_only=True)
class PartnerEntry(RecordEntry):
    """A partner: an organization or a country, and the kinds of records that it may have."""

    name: str
    slug: str
    organization: UUID | None = None
    country: str | None = None
    kinds: tuple[str, ...] = ("agreement",)
    is_active: bool = True
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class ReleaseEntry(RecordEntry):
    """A proposal to release records: a list of them, or a standing rule over a kind."""

    partner: UUID
    condition: str = ReleaseCondition.LISTED
    kind: str = ""
    records: tuple[UUID, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class WithdrawalEntry:
    """Why a release is withdrawn; of a list perhaps only these records."""

    reason: str
    records: tuple[UUID, ...] = ()

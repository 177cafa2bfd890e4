"""The entries that the services take: frozen dataclasses of plain values."""

from dataclasses import dataclass
from uuid import UUID

from sgoffice.partners.vocabulary import ReleaseCondition
from sgoffice.records.entries import RecordEntry


@dataclass(frozen=True, kw_only=True)
class PartnerEntry(RecordEntry):
    """A partner: an organization or a country, and the kinds of records it may get."""

    name: str
    slug: str
    organization: UUID | None = None
    country: str | None = None
    kinds: tuple[str, ...] = ("agreement",)
    is_active: bool = True
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class ReleaseEntry(RecordEntry):
    """A proposal to release records: a list, or a standing rule for a kind."""

    partner: UUID
    condition: str = ReleaseCondition.LISTED
    kind: str = ""
    records: tuple[UUID, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class WithdrawalEntry:
    """The withdrawal of a release, or of some records of its list."""

    reason: str
    records: tuple[UUID, ...] = ()

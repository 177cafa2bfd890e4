"""The entries that the services take: frozen dataclasses of plain values."""

from dataclasses import dataclass
from uuid import UUID

from sgoffice.partners.vocabulary import ReleaseCondition
from sgoffice.records.entries import RecordEntry
from sgoffice.records.references import ANY_KIND, register_references

register_references({"partner": "partner", "records": ANY_KIND})


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
    ping_hosts: tuple[str, ...] = ()


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

"""The entries that the services take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sgoffice.records.entries import MarkedRecordEntry
from sgoffice.records.references import ANY_KIND, STAFF, register_references

register_references({"member": STAFF, "record": ANY_KIND})


@dataclass(frozen=True, kw_only=True)
class ProposalEntry(MarkedRecordEntry):
    """A proposal: an action on a record or about a member of staff, its content and its purpose."""

    action: str
    subject: UUID | None = None
    subject_version: int | None = None
    member: UUID | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    purpose: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalEntry:
    """The approval of a proposal, with an optional reason."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RefusalEntry:
    """The refusal or the withdrawal of a proposal, with its reason."""

    reason: str

"""The types that reports are made of, each line with the record that it comes from."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sgoffice import documents
from sgoffice.records.doubts import is_uncertain, remarks_on
from sgoffice.records.markings import narrowest
from sgoffice.records.models import Record


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A record that a line comes from: what it is called and its address. `marking` is empty where the kind has none.

    It is uncertain where sources contradict each other, or none states it (sgoffice/records/doubts.py); `remarks` are
    what they state differently, and its caveats.
    """

    kind: str
    id: UUID
    label: str
    url: str
    reference: str = ""
    marking: str = ""
    is_uncertain: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quote:
    """A line of text and the record it comes from."""

    text: str
    record: Mention


@dataclass(frozen=True, kw_only=True)
class CounterpartFact:
    """A fact about a counterpart under its heading."""

    about: str
    text: str
    record: Mention


@dataclass(frozen=True, kw_only=True)
class Function:
    """A role that somebody holds in an organization on the day, as far as the directory knows."""

    person: Mention
    organization: Mention
    role: str
    level: str
    start_date: str | None
    end_date: str | None
    record: Mention


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """A participant: a person, an organization as such, or several people without names.

    `title` and `body` are those of the first capacity, `level` is the highest of all; `mode` tells who sent a message
    or was represented.
    """

    name: str
    record: Mention | None
    title: str
    body: str
    role: str
    level: str
    attendance: str
    mode: str


@dataclass(frozen=True, kw_only=True)
class Guest(Attendee):
    """A participant with telephone numbers."""

    telephones: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContactLine:
    """An engagement with the counterpart: when, where, who came for them, and one line from the readout.

    For us came the principal, or who represented the principal.
    """

    record: Mention
    kind: str
    status: str
    held: str | None
    date_basis: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    city: str
    country: str
    principal: Mention | None
    principal_attendance: str
    principal_mode: str
    represented_by: Mention | None
    attendees: tuple[Attendee, ...]
    readout: Quote | None


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """An open action item, with what it is about where the reader may see that."""

    record: Mention
    owed_by: str
    owner: str
    status: str
    due_on: date | None
    is_overdue: bool
    engagement: Mention | None
    mandate: Mention | None
    agreement: Mention | None


@dataclass(frozen=True, kw_only=True)
class OwedItems:
    """What both sides still owe; the totals also count what the lists have no room for."""

    ours: tuple[OpenItem, ...]
    ours_total: int
    theirs: tuple[OpenItem, ...]
    theirs_total: int


@dataclass(frozen=True, kw_only=True)
class Document:
    """A paper or an attachment: what it is for, and in which language."""

    record: Mention
    kind: str
    language: str


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """By when the office must act on an agreement, what to do, and the status of the agreement if it does not."""

    agreement: Mention
    kind: str
    on: date
    status: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class AgreementLine:
    """An agreement that has not ended on the day: its status and why, and its next deadline, if any.

    `is_in_force` is about the counterpart (null: not known); `since` is empty where acts do not prove it.
    """

    record: Mention
    instrument: str
    parties: tuple[str, ...]
    status: str
    is_in_force: bool | None
    since: date | None
    basis: str
    sentence: str
    deadline: Deadline | None


@dataclass(frozen=True, kw_only=True)
class Counterparty:
    """Somebody whom a deadline concerns besides the office; a group without names has no record."""

    name: str
    record: Mention | None = None


@dataclass(frozen=True, kw_only=True)
class DeadlineLine:
    """What the office has to do, by when, and for which record. `session`: where an approval can be given next."""

    kind: str
    day: date | None
    days_left: int | None
    is_overdue: bool
    sentence: str
    record: Mention
    counterparts: tuple[Counterparty, ...]
    owner: str
    session: Mention | None


@dataclass(frozen=True, kw_only=True)
class BindingMandate:
    """What a decision asks of us, and how far it has been carried out."""

    record: Mention
    text: str
    responsible_unit: str
    due_on: date | None
    status: str


@dataclass(frozen=True, kw_only=True)
class BindingDecision:
    """A decision that binds us: of one of their bodies, or tied to an agreement or an engagement with them."""

    record: Mention
    symbol: str
    title: str
    body: str
    adopted: str | None
    through: Mention | None
    mandates: tuple[BindingMandate, ...]


@dataclass(frozen=True, kw_only=True)
class PersonMet:
    """Somebody the office met on their side: in which role, how often, and when last."""

    person: Mention
    title: str
    body: str
    level: str
    times: int
    held: str | None
    date_basis: str
    engagement: Mention


def mention(record: Record, label: str = "") -> Mention:
    """Return the mention of a record."""
    return Mention(
        kind=record.record_kind,
        id=record.pk,
        label=label or str(record),
        url=f"/api/v1/{documents.recipes()[record.record_kind].searched.address}/{record.pk}",
        reference=getattr(record, "reference", ""),
        marking=getattr(record, "marking", ""),
        is_uncertain=is_uncertain(record),
        remarks=remarks_on(record),
    )


def marking_of(*parts: Any) -> str:
    """Return the highest marking of all records that these parts mention."""
    return narrowest(found.marking for part in parts for found in mentions(part))


def mentions(part: Any) -> Iterator[Mention]:
    """Yield every record that a part of a report mentions, at whatever depth."""
    if isinstance(part, Mention):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from mentions(item)
    elif dataclasses.is_dataclass(part):
        for item in dataclasses.fields(part):
            yield from mentions(getattr(part, item.name))

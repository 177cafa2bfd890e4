"""What the peers answer: the members of a staff document in their order, as Pydantic models over rows."""

from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

Row = TypeVar("Row")


class Shape(BaseModel):
    """Read from the attributes of a row."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class Country(Shape):
    code: str
    name: str


class Named(Shape):
    id: UUID
    name: str


class Post(Shape):
    id: UUID
    slug: str
    label: str


class Organization(Named):
    acronym: str


class Person(Named):
    honorific_prefix: str


class Topic(Named):
    kind: str


class Capacity(Shape):
    title: str
    organization: Organization | None
    country: Country | None
    called: str


class Participant(Shape):
    id: UUID
    side: str
    role: str
    mode: str
    response: str
    attendance: str
    person: Person | None
    organization: Organization | None
    group: dict[str, Any] | None = None
    capacities: list[Capacity] = Field(validation_alias="held_capacities")
    note: str


class Engagement(Shape):
    reference: str
    marking: str
    readers: list[Any]
    entered_by: str
    id: UUID
    version: int
    is_in_error: bool
    merged_into: UUID | None = Field(validation_alias="merged_into_id")
    merged_from: list[Any] = []
    sources: list[Any]
    caveats: list[Any]
    conflicts: list[Any]
    notes: list[Any]
    title: str
    kind: str
    meeting_format: str
    status: str
    status_reason: str
    reply_by: date | None
    responsible: UUID | None = Field(validation_alias="responsible_id")
    initiative: str
    level: str
    level_basis: dict[str, Any] | None
    counterpart_levels: list[str]
    held: str
    held_earliest: date | None
    held_latest: date | None
    date_basis: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    venue: str
    city: str
    country: Country | None
    country_name_then: str
    at_headquarters: bool
    office: Named | None
    principal: Person | None
    principal_post: Post | None
    principal_title: str
    principal_attendance: str
    principal_mode: str
    represented_by: Person | None
    occasion: dict[str, Any] | None
    topics: list[Topic] = []
    summary: str
    outcome: str
    participants: list[Participant] = Field(validation_alias="lines")
    understood: list[Any]
    warnings: list[Any]


class Page(Shape, Generic[Row]):
    """A page by offset, as these frameworks' manuals show it."""

    results: list[Row]
    next: str | None


def next_of(limit: int, offset: int, *, has_more: bool) -> str | None:
    """Return the address of the next page."""
    return f"?limit={limit}&offset={offset + limit}" if has_more else None

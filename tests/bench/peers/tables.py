"""The register's tables as SQLAlchemy models, as far as a staff document of an engagement shows them."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, LargeBinary, Text, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship


class Table(DeclarativeBase):
    type_annotation_map = {list[Any]: JSONB, dict[str, Any]: JSONB, datetime: DateTime(timezone=True)}

    id: Mapped[UUID] = mapped_column(primary_key=True)


class User(Table):
    __tablename__ = "accounts_user"
    is_active: Mapped[bool]


class AccessToken(Table):
    __tablename__ = "accounts_accesstoken"
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    revoked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("accounts_user.id"))
    user: Mapped[User] = relationship()


class Entry(Table):
    __tablename__ = "records_entry"
    version: Mapped[int]


class Country(Table):
    __tablename__ = "directory_country"
    code: Mapped[str]
    name: Mapped[str]


class Office(Table):
    __tablename__ = "directory_office"
    name: Mapped[str]


class Post(Table):
    __tablename__ = "appointments_post"
    slug: Mapped[str]
    label: Mapped[str]


class Organization(Table):
    __tablename__ = "directory_organization"
    name: Mapped[str]
    acronym: Mapped[str]


class Person(Table):
    __tablename__ = "directory_person"
    name: Mapped[str]
    honorific_prefix: Mapped[str]


class Capacity(Table):
    __tablename__ = "engagements_capacity"
    position: Mapped[int]
    title: Mapped[str]
    called: Mapped[str]
    country_code: Mapped[str | None] = mapped_column("country", ForeignKey("directory_country.code"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_organization.id"))
    participant_id: Mapped[UUID] = mapped_column(ForeignKey("engagements_participant.id"))
    country: Mapped[Country | None] = relationship()
    organization: Mapped[Organization | None] = relationship()


class Participant(Table):
    __tablename__ = "engagements_participant"
    position: Mapped[int]
    side: Mapped[str]
    role: Mapped[str]
    mode: Mapped[str]
    response: Mapped[str]
    attendance: Mapped[str]
    note: Mapped[str]
    engagement_id: Mapped[UUID] = mapped_column(ForeignKey("engagements_engagement.id"))
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_organization.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_person.id"))
    person: Mapped[Person | None] = relationship()
    organization: Mapped[Organization | None] = relationship()
    held_capacities: Mapped[list[Capacity]] = relationship(order_by=Capacity.position)


class Engagement(Table):
    __tablename__ = "engagements_engagement"
    reference: Mapped[str]
    marking: Mapped[str]
    readers: Mapped[list[Any]]
    entered_by: Mapped[str]
    is_in_error: Mapped[bool]
    merged_into_id: Mapped[UUID | None]
    sources: Mapped[list[Any]]
    caveats: Mapped[list[Any]]
    conflicts: Mapped[list[Any]]
    notes: Mapped[list[Any]]
    title: Mapped[str]
    kind: Mapped[str]
    meeting_format: Mapped[str]
    status: Mapped[str]
    status_reason: Mapped[str]
    reply_by: Mapped[date | None]
    responsible_id: Mapped[UUID | None]
    initiative: Mapped[str]
    level: Mapped[str]
    level_basis: Mapped[dict[str, Any] | None]
    counterpart_levels: Mapped[list[str]] = mapped_column(ARRAY(Text))
    held: Mapped[str]
    held_earliest: Mapped[date | None]
    held_latest: Mapped[date | None]
    date_basis: Mapped[str]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    time_zone: Mapped[str]
    venue: Mapped[str]
    city: Mapped[str]
    country_code: Mapped[str | None] = mapped_column("country", ForeignKey("directory_country.code"))
    country_name_then: Mapped[str]
    at_headquarters: Mapped[bool]
    office_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_office.id"))
    principal_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_person.id"))
    principal_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointments_post.id"))
    principal_title: Mapped[str]
    principal_attendance: Mapped[str]
    principal_mode: Mapped[str]
    represented_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_person.id"))
    occasion: Mapped[dict[str, Any] | None]
    summary: Mapped[str]
    outcome: Mapped[str]
    understood: Mapped[list[Any]]
    warnings: Mapped[list[Any]]
    sort_day: Mapped[date]
    sort_rank: Mapped[int]
    sort_at: Mapped[datetime]
    country: Mapped[Country | None] = relationship()
    office: Mapped[Office | None] = relationship()
    principal: Mapped[Person | None] = relationship(foreign_keys=principal_id)
    principal_post: Mapped[Post | None] = relationship()
    represented_by: Mapped[Person | None] = relationship(foreign_keys=represented_by_id)
    lines: Mapped[list[Participant]] = relationship(order_by=Participant.position)


Engagement.version = column_property(
    select(Entry.version).where(Entry.id == Engagement.id).correlate_except(Entry).scalar_subquery()
)

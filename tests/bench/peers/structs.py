"""What Litestar answers: the members of a staff document in their order, as msgspec structs made of rows."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from msgspec import Struct


class Country(Struct):
    code: str
    name: str


class Named(Struct):
    id: UUID
    name: str


class Post(Struct):
    id: UUID
    slug: str
    label: str


class Organization(Struct):
    id: UUID
    name: str
    acronym: str


class Person(Struct):
    id: UUID
    name: str
    honorific_prefix: str


class Capacity(Struct):
    title: str
    organization: Organization | None
    country: Country | None
    called: str


class Participant(Struct):
    id: UUID
    side: str
    role: str
    mode: str
    response: str
    attendance: str
    person: Person | None
    organization: Organization | None
    group: dict[str, Any] | None
    capacities: list[Capacity]
    note: str


class Engagement(Struct):
    reference: str
    marking: str
    readers: list[Any]
    entered_by: str
    id: UUID
    version: int
    is_in_error: bool
    merged_into: UUID | None
    merged_from: list[Any]
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
    responsible: UUID | None
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
    topics: list[Any]
    summary: str
    outcome: str
    participants: list[Participant]
    understood: list[Any]
    warnings: list[Any]


def capacity(row: Any) -> Capacity:
    return Capacity(
        row["title"],
        _organization(row),
        Country(row["code"], row["country_name"]) if row["country"] else None,
        row["called"],
    )


def participant(row: Any, capacities: list[Capacity]) -> Participant:
    return Participant(
        row["id"], row["side"], row["role"], row["mode"], row["response"], row["attendance"],
        Person(row["person_id"], row["person_name"], row["honorific_prefix"]) if row["person_id"] else None,
        _organization(row), None, capacities, row["note"],
    )  # fmt: skip


def engagement(row: Any, participants: list[Participant]) -> Engagement:
    return Engagement(
        row["reference"], row["marking"], row["readers"], row["entered_by"], row["id"], row["version"],
        row["is_in_error"], row["merged_into_id"], [], row["sources"], row["caveats"], row["conflicts"], row["notes"],
        row["title"], row["kind"], row["meeting_format"], row["status"], row["status_reason"], row["reply_by"],
        row["responsible_id"], row["initiative"], row["level"], row["level_basis"], row["counterpart_levels"],
        row["held"], row["held_earliest"], row["held_latest"], row["date_basis"], row["starts_at"], row["ends_at"],
        row["time_zone"], row["venue"], row["city"],
        Country(row["code"], row["country_name"]) if row["country"] else None,
        row["country_name_then"], row["at_headquarters"],
        Named(row["office_id"], row["office_name"]) if row["office_id"] else None,
        _person(row, "principal"),
        Post(row["principal_post_id"], row["slug"], row["label"]) if row["principal_post_id"] else None,
        row["principal_title"], row["principal_attendance"], row["principal_mode"], _person(row, "represented"),
        row["occasion"], [], row["summary"], row["outcome"], participants, row["understood"], row["warnings"],
    )  # fmt: skip


def _organization(row: Any) -> Organization | None:
    if not row["organization_id"]:
        return None
    return Organization(row["organization_id"], row["organization_name"], row["acronym"])


def _person(row: Any, name: str) -> Person | None:
    key = row["principal_id" if name == "principal" else "represented_by_id"]
    return Person(key, row[f"{name}_name"], row[f"{name}_prefix"]) if key else None

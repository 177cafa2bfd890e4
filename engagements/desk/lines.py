"""Engagements and action items as the desk shows them, read from their stored documents under the reader's rights."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.urls import reverse

from engagements.desk.headings import shown_title
from engagements.desk.held_days import held_in_words
from engagements.models import ActionItem, Engagement
from engagements.vocabulary import (
    ActionItemStatus,
    DateBasis,
    EngagementKind,
    EngagementStatus,
    Owing,
    ParticipantRole,
    Side,
)
from sgoffice.admin.formatting import zone_label
from sgoffice.desk.addresses import address_of
from sgoffice.desk.mentions import read_bodies
from sgoffice.languages.sentences import said
from sgoffice.languages.words import day_and_month
from sgoffice.records.actors import Actor
from sgoffice.records.models import Marking, Record

_TONES = {
    EngagementStatus.HELD: "good",
    EngagementStatus.CANCELLED: "danger",
    EngagementStatus.NOT_HELD: "danger",
    EngagementStatus.DECLINED: "danger",
    EngagementStatus.POSTPONED: "warn",
    EngagementStatus.REQUESTED: "warn",
    EngagementStatus.TENTATIVE: "warn",
}


def read_documents(model: type[Record], ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """Return the stored documents of records that the reader may see, in this order."""
    found = read_bodies(dict.fromkeys(ids, model.record_kind))
    return [found[str(one)] for one in ids if str(one) in found]


def engagement_line(document: dict[str, Any], *, zone: ZoneInfo) -> dict[str, Any]:
    status = EngagementStatus(document["status"])
    return {
        "title": shown_title(document),
        "reference": document["reference"],
        "address": reverse("desk-engagement", args=[document["reference"]]),
        "day": document["held_earliest"] and date.fromisoformat(document["held_earliest"]),
        "last_day": document["held_latest"] and date.fromisoformat(document["held_latest"]),
        "days": held_in_words(document["held"], document["date_basis"]),
        "clock": clock_of(document),
        "time": time_of(document, zone=zone),
        "zone": zone_of(document, zone=zone),
        "place": place_of(document),
        "with": ", ".join(who["name"] for who in people_of(document) if who["side"] == Side.THEIRS),
        "kind": EngagementKind(document["kind"]).label,
        "status": status.label,
        "is_held": status == EngagementStatus.HELD,
        "is_confirmed": status == EngagementStatus.CONFIRMED,
        "has_own_day": document["date_basis"] == DateBasis.EVENT,
        "tone": _TONES.get(status, ""),
        "marking": document["marking"],
        "marking_label": Marking(document["marking"]).label,
        "version": document["version"],
    }


def _instants(document: dict[str, Any]) -> tuple[datetime | None, datetime | None]:
    found = (document["starts_at"], document["ends_at"])
    here = ZoneInfo(document["time_zone"] or "UTC")
    start, end = (datetime.fromisoformat(one).astimezone(here) if one else None for one in found)
    return start, end


def clock_of(document: dict[str, Any]) -> str:
    """Return the hours on the clocks of the place: 16:00 to 17:00."""
    start, end = _instants(document)
    if start is None:
        return ""
    return f"{start:%H:%M}–{end:%H:%M}" if end and end.date() == start.date() else f"{start:%H:%M}"


def zone_of(document: dict[str, Any], *, zone: ZoneInfo) -> str:
    """Return the zone of the hours, and those of the reader where they differ: Tokyo, UTC+9; for you 07:00."""
    start, _ = _instants(document)
    if start is None:
        return ""
    told = zone_label(start, document["time_zone"])
    own = start.astimezone(zone)
    if own.utcoffset() == start.utcoffset():
        return told
    day = "" if own.date() == start.date() else f"{day_and_month(own)}, "
    return f"{told}; for you {day}{own:%H:%M}"


def time_of(document: dict[str, Any], *, zone: ZoneInfo) -> str:
    """Return the hours with their zone."""
    clock = clock_of(document)
    return f"{clock} ({zone_of(document, zone=zone)})" if clock else ""


def place_of(document: dict[str, Any]) -> str:
    country = document["country_name_then"] or (document["country"] or {}).get("name", "")
    country = said(country)
    office = (document["office"] or {}).get("name", "")
    return ", ".join(dict.fromkeys(filter(None, (document["venue"], office, document["city"], country))))


def people_of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield everybody who takes part: name, capacity in words, side, and the address of their sheet."""
    for one in document["participants"]:
        who = one["person"] or one["organization"]
        kind = "person" if one["person"] else "organization"
        group = one["group"] or {}
        count = f" ({group['count']} people)" if group.get("count") else ""
        name = who["name"] if who else group.get("description", "")
        yield {
            "name": name if who else f"{name}{count}",
            "address": reverse("desk-counterpart", args=[kind, who["id"]]) if who else "",
            "side": one["side"],
            "capacities": [capacity for said in one["capacities"] if (capacity := _capacity(said, name))],
            "role": ParticipantRole(one["role"]).label if one["role"] else "",
            "attendance": one["attendance"],
            "note": one["note"],
        }


def _capacity(said: dict[str, Any], name: str) -> list[dict[str, str]]:
    """Return the parts of a capacity: the title, and for whom it speaks with the address of that sheet.

    Who was named by the title alone has it as a name already.
    """
    parts = [{"text": said["title"], "address": ""}] if said["title"] not in ("", name) else []
    if body := said["organization"]:
        address = reverse("desk-counterpart", args=["organization", body["id"]])
        parts.append({"text": said["called"] or body["name"], "address": address})
    if country := said["country"]:
        address = reverse("desk-counterpart", args=["country", country["code"]])
        parts.append(
            {"text": country["name"] if said["organization"] else said["called"] or country["name"], "address": address}
        )
    return parts


def titles_of(ids: Iterable[Any], *, reader: Actor) -> dict[str, tuple[str, str]]:
    """Return title and address of the engagements among these that the reader may see."""
    wanted = {one for one in ids if one}
    rows = Engagement.objects.visible_to(reader).filter(pk__in=wanted) if wanted else ()
    return {str(row.pk): (row.title, reverse("desk-engagement", args=[row.reference])) for row in rows}


def item_lines(
    found: Sequence[dict[str, Any]], *, about: Mapping[str, tuple[str, str]], reader: Actor, today: date
) -> list[dict[str, Any]]:
    """Return the lines of action items from their documents; `about` has the engagements that the reader may see."""
    users = {one["owner"]["user"] for one in found} - {None, reader.id}
    rows = get_user_model()._default_manager.filter(pk__in=users) if users else ()
    staff = {str(user.pk): str(user) for user in rows}
    return [_item_line(one, about.get(str(one["engagement"])), staff, reader, today) for one in found]


def _item_line(
    document: dict[str, Any], about: tuple[str, str] | None, staff: dict[str, str], reader: Actor, today: date
) -> dict[str, Any]:
    due = date.fromisoformat(document["due_on"]) if document["due_on"] else None
    owner = document["owner"]
    named = owner["person"] or owner["organization"] or {}
    is_mine = str(owner["user"]) == reader.id
    status = ActionItemStatus(document["status"])
    is_open = status in {ActionItemStatus.OPEN, ActionItemStatus.IN_PROGRESS}
    return {
        "text": document["text"],
        "due": due,
        "is_overdue": is_open and due is not None and due < today,
        "is_mine": is_mine,
        "is_open": is_open,
        "owner": "you" if is_mine else staff.get(str(owner["user"])) or owner["unit"] or named.get("name", ""),
        "owed_by": Owing(document["owed_by"]).label,
        "status": status.label,
        "about": about and {"title": about[0], "address": about[1]},
        "address": address_of(ActionItem.record_kind, document["id"], document["reference"]),
        "marking": document["marking"],
    }


def file_line(document: dict[str, Any]) -> dict[str, Any]:
    """Return an attachment as sheets show it, with where it is read."""
    is_here = document["size"] is not None
    return {
        "title": document["title"],
        "address": reverse("attachment-content", kwargs={"pk": document["id"]}) if is_here else document["address"],
        "marking": document["marking"],
        "language": document["language"],
        "size": document["size"],
        "admin": reverse("admin:engagements_attachment_change", args=[document["id"]]),
    }

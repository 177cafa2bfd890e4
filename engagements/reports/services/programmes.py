"""The programme of a visit: what is part of it, hour by hour on the clocks of the place, and whom one meets there."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.db.models.expressions import RawSQL

from engagements.models import Attachment, Capacity, Engagement, Paper, Participant
from engagements.querysets import OLDEST
from engagements.reports.services.briefs import ShortBrief, short_briefs
from engagements.reports.services.contacts import attendee, on_local_clocks
from engagements.reports.services.counterparts import counterparts_among, counterparts_with
from engagements.reports.services.report_types import Document, Guest, Mention, OpenItem, marking_of, mention
from engagements.rules import is_exact_text
from engagements.rules.levels import precedence
from engagements.vocabulary import Attendance, Mode, ParticipantRole, Relation, Side
from sgoffice.directory.counterparts import Key
from sgoffice.directory.models import Person
from sgoffice.records.actors import Actor
from sgoffice.records.errors import UnknownRecord
from sgoffice.records.together import read_with_parts

#: A visit has meetings, a meeting perhaps a part of its own; what is deeper is no programme any more.
DEPTH = 4
# the question behind OFFSET 0 is asked of each part by its id, not of all engagements first
_WITH_PARTS = """
    WITH RECURSIVE part (id, depth) AS (
        SELECT itself.id, 0 FROM ({first}) AS itself (id)
        UNION
        SELECT tie.source_id, part.depth + 1
        FROM part
        JOIN records_entry same ON same.id = part.id OR same.merged_into_id = part.id
        JOIN records_link tie ON tie.target_id = same.id AND tie.relation = %s
        WHERE part.depth < %s
          AND EXISTS (SELECT 1 FROM ({seen}) AS seen (id) WHERE seen.id = tie.source_id OFFSET 0)
    )
    SELECT id FROM part
"""


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """One entry of a programme: when and where on the clocks of the place, who comes, and what to bring."""

    record: Mention
    kind: str
    meeting_format: str
    status: str
    held: str | None
    begins: str
    ends: str
    utc_offset: str
    time_zone: str
    starts_at: datetime | None
    ends_at: datetime | None
    venue: str
    city: str
    country: str
    delegation: tuple[Guest, ...]
    guests: tuple[Guest, ...]
    counterparts: tuple[Mention, ...]
    summary: str
    documents: tuple[Document, ...]
    items: tuple[OpenItem, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammeDay:
    """A day of a programme; what has no day yet stands together without one."""

    day: date | None
    entries: tuple[Appearance, ...]


@dataclass(frozen=True, kw_only=True)
class Programme:
    """The folder of a visit. Its marking is the highest of what it mentions."""

    engagement: Mention
    marking: str
    kind: str
    status: str
    held: str | None
    city: str
    country: str
    delegation: tuple[Guest, ...]
    summary: str
    documents: tuple[Document, ...]
    days: tuple[ProgrammeDay, ...]
    counterparts: tuple[ShortBrief, ...]


def programme_of(key: UUID | str, *, actor: Actor, today: date) -> Programme:
    """Gather the programme of an engagement that the reader may see; what they may not see is not in it.

    The key is its id or its reference. A single meeting is its own programme. The briefs are read for the first day, or
    for today while there is none. Raises UnknownRecord for what the reader may not see.
    """
    return programme_and_papers(key, actor=actor, today=today)[0]


def programme_and_papers(key: UUID | str, *, actor: Actor, today: date) -> tuple[Programme, list[Paper]]:
    """Return the programme with the papers that it names, texts included."""
    rows = _read(key, actor)
    itself = next((row for row in rows if key in {row.pk, row.reference}), None)
    if itself is None:
        raise UnknownRecord(Engagement.record_kind, key)
    shown = [row for row in rows if row.pk != itself.pk] or [itself]
    theirs = {row.pk: [one for one in row.participants.all() if one.side == Side.THEIRS] for row in shown}
    keys = {pk: counterparts_among(participants) for pk, participants in theirs.items()}
    wanted = tuple(dict.fromkeys(key for row in shown for key in keys[row.pk]))
    on = min((row.sort_day for row in rows if row.sort_day < date.max), default=today)
    briefs, items = short_briefs(counterparts_with(wanted), on, meetings=[row.pk for row in rows], actor=actor)
    entries = [_entry(row, keys[row.pk], briefs, items.get(row.pk, ())) for row in shown]
    found = Programme(
        engagement=mention(itself),
        marking="",
        kind=itself.kind,
        status=itself.status,
        held=itself.held,
        city=itself.city,
        country=_country(itself),
        delegation=_delegation(itself),
        summary=itself.summary,
        documents=_documents(itself),
        days=tuple(_days(entries)),
        counterparts=tuple(briefs.values()),
    )
    papers = [one for row in dict.fromkeys([itself, *shown]) for one in row.papers_seen]
    return replace(found, marking=marking_of(found)), papers


def _read(key: UUID | str, actor: Actor) -> list[Any]:
    """Read an engagement and what is part of it, and part of its parts, as far as the reader sees the way there."""
    people = Participant.objects.select_related("person", "organization")
    capacities = Capacity.objects.select_related("organization", "country")
    seen: Any = Engagement.objects.visible_to(actor)
    named = seen.filter(pk=key) if isinstance(key, UUID) else seen.filter(reference=key)
    rows = seen.filter(pk__in=_with_parts(named, seen.live())).order_by(*OLDEST)
    rows = rows.select_related("country", "office", "principal", "represented_by")
    parts = (Prefetch("participants", people), Prefetch("participants__capacities", capacities))
    papers: Any = Paper.objects.visible_to(actor).live().belonging_to_each().order_by("pk")
    files: Any = Attachment.objects.visible_to(actor).live().belonging_to_each().order_by("pk")
    return read_with_parts(rows, *parts, papers_seen=papers, files_seen=files)


def _with_parts(itself: Any, seen: Any) -> RawSQL:
    """Return the ids of an engagement, of what is part of it and of its parts, each step through what is seen."""
    first, first_values = itself.order_by().values("pk").query.sql_with_params()
    steps, step_values = seen.order_by().values("pk").query.sql_with_params()
    values = [*first_values, Relation.PART_OF, DEPTH, *step_values]
    return RawSQL(_WITH_PARTS.format(first=first, seen=steps), values)  # noqa: S611 - made of querysets


def _documents(row: Any) -> tuple[Document, ...]:
    """Return the papers and attachments of an engagement, which were read with it."""
    papers = [Document(record=mention(one), kind=one.kind, language=one.language) for one in row.papers_seen]
    files = [Document(record=mention(one), kind="attachment", language=one.language) for one in row.files_seen]
    return (*papers, *files)


def _entry(
    engagement: Engagement,
    keys: tuple[Key, ...],
    briefs: dict[Key, ShortBrief],
    items: tuple[OpenItem, ...],
) -> Appearance:
    starts_at = on_local_clocks(engagement.starts_at, engagement.time_zone)
    ends_at = on_local_clocks(engagement.ends_at, engagement.time_zone)
    others = [one for one in engagement.participants.all() if one.side != Side.OURS]
    guests = [_guest(one) for one in others]
    return Appearance(
        record=mention(engagement),
        kind=engagement.kind,
        meeting_format=engagement.meeting_format,
        status=engagement.status,
        held=engagement.held,
        begins=f"{starts_at:%H:%M}" if starts_at else "",
        ends=f"{ends_at:%H:%M}" if ends_at else "",
        utc_offset=starts_at.isoformat()[-6:] if starts_at else "",
        time_zone=engagement.time_zone,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=", ".join(filter(None, (engagement.venue, str(engagement.office or "")))),
        city=engagement.city,
        country=_country(engagement),
        delegation=_delegation(engagement),
        guests=tuple(sorted(guests, key=lambda one: precedence(one.level))),
        counterparts=tuple(briefs[key].counterpart for key in keys if key in briefs),
        summary=engagement.summary,
        documents=_documents(engagement),
        items=items,
    )


def _days(entries: list[Appearance]) -> Iterable[ProgrammeDay]:
    """Yield the days in order; in each what has no hour comes first. What has no exact day comes last of all."""

    def day(entry: Appearance) -> str:
        return (entry.held or "").partition("/")[0] if is_exact_text(entry.held or "") else "~"

    def place(entry: Appearance) -> tuple[Any, ...]:
        return (day(entry), entry.starts_at.timestamp() if entry.starts_at else -math.inf, entry.record.id)

    for first, together in groupby(sorted(entries, key=place), key=day):
        yield ProgrammeDay(day=None if first == "~" else date.fromisoformat(first), entries=tuple(together))


def _delegation(engagement: Engagement) -> tuple[Guest, ...]:
    """Return who goes for the office: the principal, or who goes in the principal's place, then the others."""
    found = []
    if engagement.principal is not None and engagement.represented_by is None:
        found.append(_ours(engagement.principal, engagement.principal_title, ParticipantRole.PRINCIPAL))
    if engagement.represented_by is not None:
        found.append(_ours(engagement.represented_by, "", ParticipantRole.HEAD_OF_DELEGATION))
    named = {engagement.principal_id, engagement.represented_by_id} - {None}
    ours = [one for one in engagement.participants.all() if one.side == Side.OURS and one.person_id not in named]
    return (*found, *(_guest(one) for one in ours))


def _ours(person: Person, title: str, role: str) -> Guest:
    return Guest(
        name=str(person),
        record=mention(person),
        title=title,
        body="",
        role=role,
        level="",
        attendance=Attendance.NOT_STATED,
        mode=Mode.IN_PERSON,
        telephones=_telephones(person),
    )


def _guest(participant: Participant) -> Guest:
    line = attendee(participant)
    who = participant.person or participant.organization
    return Guest(**vars(line), telephones=_telephones(who) if who is not None else ())


def _telephones(who: Any) -> tuple[str, ...]:
    return tuple(
        f"{one['value']} ({one['note']})" if one.get("note") else one["value"]
        for one in who.contact_details
        if one["type"] in {"telephone", "phone", "mobile"}
    )


def _country(engagement: Engagement) -> str:
    return engagement.country_name_then or str(engagement.country or "")

"""What the services of the engagement log take: frozen plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from engagements.vocabulary import Attendance, DateBasis, MeetingFormat, Mode, Owing, Side
from sgoffice.records.entries import ByName, MarkedRecordEntry
from sgoffice.records.references import STAFF, register_references

register_references({
    "agreement": "agreement", "engagement": "engagement", "follows": "engagement", "item": "action_item",
    "items": "action_item", "owner": STAFF, "part_of": "engagement", "participant": "person", "principal": "person",
    "principal_post": "post", "represented_by": "person", "responsible": STAFF, "to": "engagement",
    "under": "agreement", "user": STAFF,
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class CapacityEntry:
    """The capacity in which somebody takes part: a title, and the organization or country represented."""

    title: str = ""
    organization: UUID | ByName | None = None
    country: str | None = None
    called: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupEntry:
    """A group of unnamed people."""

    description: str
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class ParticipantEntry:
    """A person, an organization or a group that takes part; `id` keeps an existing participant.

    People and organizations are given by id or by name. With a person or a group, `organization`, `title` and `country`
    are the first capacity.
    """

    id: UUID | None = None
    person: UUID | ByName | None = None
    organization: UUID | ByName | None = None
    title: str = field(default="", metadata={"as_in": CapacityEntry})
    country: str | None = field(default=None, metadata={"as_in": CapacityEntry})
    group: GroupEntry | None = None
    side: str = Side.THEIRS
    role: str = ""
    mode: str = Mode.IN_PERSON
    response: str = Attendance.NOT_STATED
    attendance: str = Attendance.NOT_STATED
    capacities: tuple[CapacityEntry, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class OccasionEntry:
    """A named event on whose margins an engagement takes place; a session is linked by its id as well."""

    name: str
    series: str = ""
    number: int | None = None
    place: str = ""
    dates: str | None = None


@dataclass(frozen=True, kw_only=True)
class PaperText(MarkedRecordEntry):
    """A text written for or about an engagement."""

    kind: str
    title: str = ""
    language: str = "en"
    text: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PaperEntry(PaperText):
    """A text to add to an engagement."""

    engagement: UUID


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as uploaded: its bytes, and its name and media type as declared by the sender."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = ""


@dataclass(frozen=True, kw_only=True)
class AttachedFile(MarkedRecordEntry):
    """A file that belongs to a record, with its address or the file itself.

    The media type and SHA-256 of an uploaded file are computed; a SHA-256 that is given must match.
    """

    title: str
    address: str = ""
    language: str = ""
    media_type: str = ""
    sha256: str = ""
    file: Upload | None = None


@dataclass(frozen=True, kw_only=True)
class AttachmentEntry(AttachedFile):
    """A file to add to an engagement or an agreement: give exactly one of the two."""

    engagement: UUID | None = None
    agreement: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class OwnerEntry:
    """Who is in charge: one of a member of staff, a unit, a person or an organization."""

    user: UUID | None = None
    unit: str = ""
    person: UUID | None = None
    organization: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Promise(MarkedRecordEntry):
    """What was promised, by which side and by when."""

    text: str
    owed_by: str = Owing.OURS
    owner: OwnerEntry = OwnerEntry()
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ActionItemEntry(Promise):
    """What is owed from an engagement, a mandate or an agreement: give exactly one of the three."""

    engagement: UUID | None = None
    mandate: UUID | None = None
    agreement: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ItemAnswer:
    """What became of an action item on the list; the engagement itself is the default evidence that it was done."""

    item: UUID
    answer: str
    reason: str = ""
    evidence: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EngagementEntry(MarkedRecordEntry):
    """An engagement with all that belongs to it.

    `items` are the open action items on its list; an engagement entered as held needs their `answers` too. An entry
    that looks like an engagement in the log (same day, place and counterpart) is refused unless `allow_duplicate` is
    set.

    Give either `starts_at` with a time zone (the local day follows) or `held`, as precisely as known. Without a
    principal, the holder of the post on the first day is filled in. `session`, `part_of`, `follows`, `under` and
    `decisions` link it to other records. Status, papers, attachments and action items are entered with it and changed
    by their own services.
    """

    title: str
    kind: str
    status: str
    status_reason: str = ""
    meeting_format: str = MeetingFormat.IN_PERSON
    initiative: str = ""
    level: str = ""
    held: str | None = None
    date_basis: str = DateBasis.EVENT
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str = ""
    venue: str = ""
    city: str = ""
    country: str | None = None
    country_name_then: str = ""
    at_headquarters: bool = False
    office: UUID | None = None
    principal: UUID | None = None
    principal_post: UUID | None = None
    principal_title: str = ""
    principal_attendance: str = Attendance.NOT_STATED
    principal_mode: str = Mode.IN_PERSON
    represented_by: UUID | None = None
    occasion: OccasionEntry | None = None
    session: UUID | None = None
    topics: tuple[UUID, ...] = ()
    summary: str = ""
    outcome: str = ""
    participants: tuple[ParticipantEntry, ...] = ()
    part_of: UUID | None = None
    follows: UUID | None = None
    under: tuple[UUID, ...] = ()
    decisions: tuple[UUID, ...] = ()
    papers: tuple[PaperText, ...] = ()
    attachments: tuple[AttachedFile, ...] = ()
    action_items: tuple[Promise, ...] = ()
    reply_by: date | None = None
    responsible: UUID | None = None
    items: tuple[UUID, ...] = ()
    answers: tuple[ItemAnswer, ...] = ()
    allow_duplicate: bool = False


@dataclass(frozen=True, kw_only=True)
class StepEntry:
    """A step of an engagement, and the reason."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ScheduleEntry(StepEntry):
    """A step that may set the date: `held`, or start and end with the time zone; without any the date stays."""

    held: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str = ""


@dataclass(frozen=True, kw_only=True)
class DelegationEntry(StepEntry):
    """Somebody else takes it: a person, or a unit named in the reason."""

    represented_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class HoldingEntry(StepEntry):
    """It was held: the outcome, and whether the principal attended."""

    outcome: str = ""
    principal_attendance: str = ""
    represented_by: UUID | None = None
    answers: tuple[ItemAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PostponementEntry(StepEntry):
    """It was postponed, perhaps to another engagement in the log."""

    to: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AssignmentEntry:
    """Who is in charge of an action item from now on; nobody if none is given."""

    owner: OwnerEntry = OwnerEntry()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RescheduleEntry:
    """The new due date of an action item."""

    due_on: date | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CompletionEntry:
    """When an action item was done, and the evidence: documents, addresses, references."""

    evidence: tuple[str, ...]
    completed_on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CarryEntry:
    """The engagement to carry an action item to, perhaps with a new due date."""

    engagement: UUID
    due_on: date | None = None
    reason: str = ""

"""What the services of the engagement log take: frozen plain values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from engagements.vocabulary import Attendance, DateBasis, MeetingFormat, Mode, Owing, Side
from sgoffice.records.entries import ByName, MarkedRecordEntry


@dataclass(frozen=True, kw_only=True)
class CapacityEntry:
    """In what quality somebody takes part: a title, and the organization or country that they speak for."""

    title: str = ""
    organization: UUID | ByName | None = None
    country: str | None = None
    called: str = ""


@dataclass(frozen=True, kw_only=True)
class GroupEntry:
    """Several people without names."""

    description: str
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class ParticipantEntry:
    """A person, an organization or a group that takes part; `id` keeps a participant that the engagement has.

    People and organizations are told by id or by name. Beside a person (or a group), `organization`, `title` and
    `country` are the first capacity in which they come.
    """

    id: UUID | None = None
    person: UUID | ByName | None = None
    organization: UUID | ByName | None = None
    title: str = ""
    country: str | None = None
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
    """A named event in whose margin an engagement takes place; a session is linked besides, by its id."""

    name: str
    series: str = ""
    number: int | None = None
    place: str = ""
    dates: str | None = None


@dataclass(frozen=True, kw_only=True)
class PaperText(MarkedRecordEntry):
    """A text for an engagement or about it."""

    kind: str
    title: str = ""
    language: str = "en"
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class PaperEntry(PaperText):
    """A text that is added to an engagement."""

    engagement: UUID


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it came: its bytes, and its name and media type in the words of whoever sent it."""

    name: str
    content: bytes = field(repr=False)
    media_type: str = ""


@dataclass(frozen=True, kw_only=True)
class AttachedFile(MarkedRecordEntry):
    """A file that belongs to an engagement: what it is, and its address or the file itself.

    Of the file itself, media type and SHA-256 are worked out; a SHA-256 that is given must be the same.
    """

    title: str
    address: str = ""
    language: str = ""
    media_type: str = ""
    sha256: str = ""
    file: Upload | None = None


@dataclass(frozen=True, kw_only=True)
class AttachmentEntry(AttachedFile):
    """A file that is added to an engagement."""

    engagement: UUID


@dataclass(frozen=True, kw_only=True)
class OwnerEntry:
    """Who sees to something: a member of staff, a unit, a person or an organization; one of them."""

    user: UUID | None = None
    unit: str = ""
    person: UUID | None = None
    organization: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Promise(MarkedRecordEntry):
    """What was promised, by which side, until when."""

    text: str
    owed_by: str = Owing.OURS
    owner: OwnerEntry = OwnerEntry()
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ActionItemEntry(Promise):
    """What was promised at an engagement, or is owed of a mandate or an agreement: one of the three is named."""

    engagement: UUID | None = None
    mandate: UUID | None = None
    agreement: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ItemAnswer:
    """What became of an action item on the list; without other evidence, the engagement is the evidence of done."""

    item: UUID
    answer: str
    reason: str = ""
    evidence: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class EngagementEntry(MarkedRecordEntry):
    """An engagement with all that belongs to it.

    `items` are the open action items that are on its list; entered as held, it takes their `answers` too. What looks
    like an engagement that is in the log (same day, place, counterpart) is refused unless `allow_duplicate` says that
    it is another one.

    Either `starts_at` with its zone (the local day follows), or `held`, as imprecise as what is known. Without a
    principal the holder of the post on the first day is found. `session`, `part_of`, `follows`, `under` and
    `decisions` tie it to other records. Status, papers, attachments and action items are entered with it and changed
    by services of their own.
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
    """A step of an engagement, and why it is taken."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ScheduleEntry(StepEntry):
    """A step that may fix the date: `held`, or start and end with the zone of the place; none keeps what is there."""

    held: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str = ""


@dataclass(frozen=True, kw_only=True)
class DelegationEntry(StepEntry):
    """Somebody else takes it: who, or a word on it in the reason."""

    represented_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class HoldingEntry(StepEntry):
    """It was held: what came of it, and whether the principal was there."""

    outcome: str = ""
    principal_attendance: str = ""
    represented_by: UUID | None = None
    answers: tuple[ItemAnswer, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PostponementEntry(StepEntry):
    """It was put off, perhaps to another engagement that is in the log."""

    to: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AssignmentEntry:
    """Who sees to an action item from now on; nobody, when nobody is named."""

    owner: OwnerEntry = OwnerEntry()
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RescheduleEntry:
    """Until when an action item is due from now on."""

    due_on: date | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CompletionEntry:
    """When an action item was done, and what shows it: documents, addresses, references."""

    evidence: tuple[str, ...]
    completed_on: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CarryEntry:
    """The later engagement at which an action item is taken up again, perhaps with another day."""

    engagement: UUID
    due_on: date | None = None
    reason: str = ""

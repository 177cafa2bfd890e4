"""The vocabulary of the engagement log."""

from django.db.models import TextChoices


class EngagementKind(TextChoices):
    """Kinds of engagement."""

    BILATERAL_MEETING = "bilateral_meeting", "Bilateral meeting"
    MULTILATERAL_MEETING = "multilateral_meeting", "Multilateral meeting"
    COURTESY_CALL = "courtesy_call", "Courtesy call"
    AUDIENCE = "audience", "Audience"
    VISIT = "visit", "Visit abroad"
    VISIT_TO_HEADQUARTERS = "visit_to_headquarters", "Visit to headquarters"
    ADDRESS = "address", "Address"
    HEARING = "hearing", "Hearing"
    CONFERENCE = "conference", "Conference"
    SESSION_OF_GOVERNING_BODY = "session_of_governing_body", "Session of a governing body"
    OATH_OR_APPOINTMENT = "oath_or_appointment", "Oath or appointment"
    CEREMONY = "ceremony", "Ceremony"
    SIGNING_CEREMONY = "signing_ceremony", "Signing ceremony"
    RECEPTION = "reception", "Reception"
    BRIEFING = "briefing", "Briefing"
    PRESS = "press", "Press"
    CORRESPONDENCE = "correspondence", "Correspondence"
    OTHER = "other", "Other"


class MeetingFormat(TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    VIRTUAL = "virtual", "Virtual"
    TELEPHONE = "telephone", "By telephone"
    HYBRID = "hybrid", "Hybrid"


class EngagementStatus(TextChoices):
    """The status of an engagement; rules/moves.py has the steps between them."""

    REQUESTED = "requested", "Requested"
    TENTATIVE = "tentative", "Tentative"
    CONFIRMED = "confirmed", "Confirmed"
    HELD = "held", "Held"
    NOT_HELD = "not_held", "Not held"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"
    DECLINED = "declined", "Declined"
    DELEGATED = "delegated", "Delegated"


#: Agreed, outcome not yet recorded: past its end such an engagement is to be confirmed.
AHEAD = frozenset({EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED})


class Stage(TextChoices):
    """Where staff look for an engagement."""

    INBOX = "inbox", "Requests without an answer"
    DIARY = "diary", "Agreed engagements without a recorded outcome"
    LOG = "log", "Engagements that were held"


#: The statuses of each stage.
STAGES = {
    Stage.INBOX: frozenset({EngagementStatus.REQUESTED}),
    Stage.DIARY: AHEAD,
    Stage.LOG: frozenset({EngagementStatus.HELD}),
}


class Initiative(TextChoices):
    """Which side asked for it."""

    OURS = "ours", "Ours"
    THEIRS = "theirs", "Theirs"
    MUTUAL = "mutual", "Mutual"


class Level(TextChoices):
    """The rank of a counterpart, in the order of precedence."""

    HEAD_OF_STATE = "head_of_state", "Head of State"
    HEAD_OF_GOVERNMENT = "head_of_government", "Head of government"
    DEPUTY_HEAD_OF_STATE = "deputy_head_of_state", "Deputy head of State"
    DEPUTY_HEAD_OF_GOVERNMENT = "deputy_head_of_government", "Deputy head of government"
    MINISTER = "minister", "Minister"
    HEAD_OF_ORGANIZATION = "head_of_organization", "Head of an organization"
    DEPUTY_MINISTER = "deputy_minister", "Deputy minister"
    DEPUTY_HEAD_OF_ORGANIZATION = "deputy_head_of_organization", "Deputy head of an organization"
    PARLIAMENT = "parliament", "Parliament"
    JUDICIARY = "judiciary", "Judiciary"
    INTERGOVERNMENTAL_BODY = "intergovernmental_body", "States or delegations as a body"
    AMBASSADOR = "ambassador", "Ambassador"
    CHIEF_OF_POLICE = "chief_of_police", "Chief of police"
    SENIOR_OFFICIAL = "senior_official", "Senior official"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    DIRECTOR = "director", "Director"
    HEAD_OF_NCB = "head_of_ncb", "Head of a National Central Bureau"
    PRIVATE_SECTOR = "private_sector", "Private sector"
    POLICE_OFFICER = "police_officer", "Police officer"
    WORKING_LEVEL = "working_level", "Working level"


class LevelBasis(TextChoices):
    """What a level that was derived rests on."""

    CAPACITY = "capacity", "Title of a counterpart"
    GROUP = "group", "Description of a group"
    POST = "post", "Post that a counterpart held on that day"


class DateBasis(TextChoices):
    """What the date is based on."""

    EVENT = "event", "The event's own date"
    REPORT = "report", "The date of a report: it happened on or before that day"
    INFERRED = "inferred", "Inferred from what is known"


class Side(TextChoices):
    """The side of the table."""

    OURS = "ours", "Ours"
    THEIRS = "theirs", "Theirs"
    THIRD_PARTY = "third_party", "Third party"


class ParticipantRole(TextChoices):
    """The role of a participant."""

    PRINCIPAL = "principal", "Principal"
    HEAD_OF_DELEGATION = "head_of_delegation", "Head of delegation"
    MEMBER_OF_DELEGATION = "member_of_delegation", "Member of delegation"
    HOST = "host", "Host"
    INTERPRETER = "interpreter", "Interpreter"
    NOTE_TAKER = "note_taker", "Note taker"
    OBSERVER = "observer", "Observer"


class Mode(TextChoices):
    """How somebody takes part."""

    IN_PERSON = "in_person", "In person"
    BY_VIDEO = "by_video", "By video"
    BY_TELEPHONE = "by_telephone", "By telephone"
    BY_MESSAGE = "by_message", "By message"
    REPRESENTED = "represented", "Represented by somebody else"


class Attendance(TextChoices):
    """The response to an invitation, or attendance."""

    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ATTENDED = "attended", "Attended"
    ABSENT = "absent", "Absent"
    NOT_STATED = "not_stated", "Not stated"


#: Responses to an invitation; the others are attendance.
RESPONSES = frozenset({Attendance.INVITED, Attendance.ACCEPTED, Attendance.DECLINED})


class PaperKind(TextChoices):
    """Kinds of paper."""

    AGENDA = "agenda", "Agenda"
    OBJECTIVE = "objective", "Objective"
    TALKING_POINTS = "talking_points", "Talking points"
    BACKGROUND = "background", "Background"
    BIOGRAPHY = "biography", "Biography"
    PROGRAMME = "programme", "Programme"
    SPEECH = "speech", "Speech"
    READOUT = "readout", "Readout (may be shared)"
    JOINT_STATEMENT = "joint_statement", "Joint statement"
    SUMMARY_RECORD = "summary_record", "Summary record (internal)"


#: The papers that are written for others: they may be more open than their engagement, and partners may get them.
SHAREABLE_PAPERS = (PaperKind.JOINT_STATEMENT, PaperKind.READOUT)


class ActionItemStatus(TextChoices):
    """The status of an action item."""

    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
    CARRIED_FORWARD = "carried_forward", "Carried forward"


#: Statuses in which it is still owed.
UNFINISHED = frozenset({ActionItemStatus.OPEN, ActionItemStatus.IN_PROGRESS})


class Kept(TextChoices):
    """How what was promised by a day was kept."""

    IN_TIME = "in_time", "Kept in time"
    LATE = "late", "Kept late"


#: The kinds of records that an action item can be about, which are the names of its keys; it is about one.
ABOUT = ("engagement", "mandate", "agreement")
#: What an attachment can belong to.
ATTACHED_TO = ("engagement", "agreement")


class Answer(TextChoices):
    """What became of an action item on the list of an engagement that was held."""

    DONE = "done", "Done"
    CARRIED = "carried", "Carried forward from here"
    DROPPED = "dropped", "Dropped, with a reason"
    NOT_RAISED = "not_raised", "Not raised; it stays open"


class Owing(TextChoices):
    """The side that owes an action item."""

    OURS = "ours", "We owe it"
    THEIRS = "theirs", "They owe it"


class Relation(TextChoices):
    """How an engagement or an action item is linked to another record."""

    PART_OF = "part_of", "Part of a visit or a larger engagement"
    FOLLOWS = "follows", "Follows an earlier engagement"
    UNDER = "under", "Under an agreement"
    OCCASION = "occasion", "On the occasion of a session"
    DECISION = "decision", "Concerns a decision"
    POSTPONED_TO = "postponed_to", "Postponed to another engagement"
    CARRIES = "carries", "Continues an earlier action item"
    ON_LIST = "on_list", "Has an action item on its list"
    NOT_RAISED = "not_raised", "Did not raise an action item on its list"


#: The kind of record at the other end of each link.
TARGETS = {
    Relation.PART_OF: "engagement",
    Relation.FOLLOWS: "engagement",
    Relation.UNDER: "agreement",
    Relation.OCCASION: "session",
    Relation.DECISION: "decision",
    Relation.POSTPONED_TO: "engagement",
    Relation.CARRIES: "action_item",
    Relation.ON_LIST: "action_item",
    Relation.NOT_RAISED: "action_item",
}

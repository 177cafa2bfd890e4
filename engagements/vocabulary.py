"""The words of the engagement log."""

from django.db.models import TextChoices


class EngagementKind(TextChoices):
    """What sort of engagement it is."""

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
    """How far an engagement has come; rules/steps.py says from where to where."""

    REQUESTED = "requested", "Requested"
    TENTATIVE = "tentative", "Tentative"
    CONFIRMED = "confirmed", "Confirmed"
    HELD = "held", "Held"
    NOT_HELD = "not_held", "Not held"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"
    DECLINED = "declined", "Declined"
    DELEGATED = "delegated", "Delegated"


#: Agreed and not yet answered for: past its end such an engagement is to be confirmed.
AHEAD = frozenset({EngagementStatus.TENTATIVE, EngagementStatus.CONFIRMED})


class Stage(TextChoices):
    """Where staff look for an engagement."""

    INBOX = "inbox", "Requests that wait for an answer"
    DIARY = "diary", "What is agreed and ahead, or not yet answered for"
    LOG = "log", "What was held"


#: Which engagements stand at which stage.
STAGES = {
    Stage.INBOX: frozenset({EngagementStatus.REQUESTED}),
    Stage.DIARY: AHEAD,
    Stage.LOG: frozenset({EngagementStatus.HELD}),
}


class Initiative(TextChoices):
    """Who wanted it."""

    OURS = "ours", "Ours"
    THEIRS = "theirs", "Theirs"
    MUTUAL = "mutual", "Mutual"


class Level(TextChoices):
    """The rank of the highest counterpart."""

    HEAD_OF_STATE = "head_of_state", "Head of State"
    HEAD_OF_GOVERNMENT = "head_of_government", "Head of government"
    MINISTER = "minister", "Minister"
    DEPUTY_MINISTER = "deputy_minister", "Deputy minister"
    HEAD_OF_ORGANIZATION = "head_of_organization", "Head of an organization"
    CHIEF_OF_POLICE = "chief_of_police", "Chief of police"
    AMBASSADOR = "ambassador", "Ambassador"
    PARLIAMENT = "parliament", "Parliament"
    JUDICIARY = "judiciary", "Judiciary"
    DIRECTOR = "director", "Director"
    LOCAL_AUTHORITY = "local_authority", "Local authority"
    PRIVATE_SECTOR = "private_sector", "Private sector"
    WORKING_LEVEL = "working_level", "Working level"


class DateBasis(TextChoices):
    """What the date rests on."""

    EVENT = "event", "The event's own date"
    REPORT = "report", "The date of a report: it happened then or before"
    INFERRED = "inferred", "Inferred from what is known"


class Side(TextChoices):
    """On which side of the table somebody sits."""

    OURS = "ours", "Ours"
    THEIRS = "theirs", "Theirs"
    THIRD_PARTY = "third_party", "Third party"


class ParticipantRole(TextChoices):
    """What somebody does there."""

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
    """Whether somebody comes, or came."""

    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    ATTENDED = "attended", "Attended"
    ABSENT = "absent", "Absent"
    NOT_STATED = "not_stated", "Not stated"


#: What somebody answered before; what became of it is attended or absent.
RESPONSES = frozenset({Attendance.INVITED, Attendance.ACCEPTED, Attendance.DECLINED})


class PaperKind(TextChoices):
    """What a paper is for."""

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


class ActionItemStatus(TextChoices):
    """How far a promise has come."""

    OPEN = "open", "Open"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"
    CARRIED_FORWARD = "carried_forward", "Carried forward"


#: Somebody still owes it.
UNFINISHED = frozenset({ActionItemStatus.OPEN, ActionItemStatus.IN_PROGRESS})


#: What an action item can be about: kinds of records, and the names of its keys. It is about one.
ABOUT = ("engagement", "mandate", "agreement")


class Answer(TextChoices):
    """What became of an action item on the list of an engagement, said when it closes."""

    DONE = "done", "Done"
    CARRIED = "carried", "Carried forward from here"
    DROPPED = "dropped", "Dropped, with a reason"
    NOT_RAISED = "not_raised", "Not raised; it stays open"


class Owing(TextChoices):
    """Who owes what an action item asks for."""

    OURS = "ours", "We owe it"
    THEIRS = "theirs", "They owe it"


class Relation(TextChoices):
    """How an engagement or an action item is tied to another record."""

    PART_OF = "part_of", "Part of a visit or a larger engagement"
    FOLLOWS = "follows", "Follows an earlier engagement"
    UNDER = "under", "Under an agreement"
    OCCASION = "occasion", "On the occasion of a session"
    DECISION = "decision", "Concerns a decision"
    POSTPONED_TO = "postponed_to", "Postponed to another engagement"
    CARRIES = "carries", "Carries an earlier action item on"
    ON_LIST = "on_list", "Has an action item on its list"
    NOT_RAISED = "not_raised", "Did not come to an action item on its list"


#: The kind of record at the other end of each tie.
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

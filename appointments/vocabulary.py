"""The vocabulary of appointments and of the decisions of governing bodies."""

from django.db.models import TextChoices

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def session_in_words(number: int | None) -> str:
    """Return what a session is called: “94th session”, or “Session” if it has no number."""
    if not number:
        return "Session"
    return f"{number}{'th' if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, 'th')} session"


class AppointmentKind(TextChoices):
    """How the holder came to the post."""

    APPOINTMENT = "appointment", "Appointment"
    REAPPOINTMENT = "reappointment", "Reappointment"
    ELECTION = "election", "Election"
    ACTING = "acting", "Acting"
    EXTENSION = "extension", "Extension"


#: The kinds that count as a term of their own; acting holders and extensions do not.
TERMS = frozenset({AppointmentKind.APPOINTMENT, AppointmentKind.REAPPOINTMENT, AppointmentKind.ELECTION})


#: The kinds whose terms begin with their first day: nobody assumes an office in them.
BEGIN_BY_THEMSELVES = frozenset({AppointmentKind.ACTING, AppointmentKind.EXTENSION})


class AppointmentState(TextChoices):
    """The state of an appointment."""

    PROPOSED = "proposed", "Proposed"
    DESIGNATE = "designate", "Appointed, not yet in office"
    ASSUMED = "assumed", "Office assumed"
    ENDED = "ended", "Ended"


#: Holds the post, as far as is recorded, until the term ends.
RUNNING = frozenset({AppointmentState.DESIGNATE, AppointmentState.ASSUMED})


class EndReason(TextChoices):
    """Why somebody left a post."""

    END_OF_TERM = "end_of_term", "End of term"
    RESIGNATION = "resignation", "Resignation"
    REMOVAL = "removal", "Removal"
    DEATH = "death", "Death"
    RETIREMENT = "retirement", "Retirement"


class SessionStatus(TextChoices):
    """Whether a session took place."""

    PLANNED = "planned", "Planned"
    HELD = "held", "Held"
    NOT_HELD = "not_held", "Not held"


class DecisionKind(TextChoices):
    """The form of a decision."""

    RESOLUTION = "resolution", "Resolution"
    DECISION = "decision", "Decision"
    RECOMMENDATION = "recommendation", "Recommendation"


class Adoption(TextChoices):
    """How it was adopted."""

    CONSENSUS = "consensus", "By consensus"
    UNANIMITY = "unanimity", "Unanimously"
    WITHOUT_VOTE = "without_vote", "Without a vote"
    ACCLAMATION = "acclamation", "By acclamation"
    RECORDED_VOTE = "recorded_vote", "By recorded vote"
    SECRET_BALLOT = "secret_ballot", "By secret ballot"


class DecisionRelation(TextChoices):
    """How a decision is linked to an earlier one."""

    FOLLOWS = "follows", "Next decision on the matter"
    SUPERSEDES = "supersedes", "Takes the place of an earlier decision, by its own text"


class Implementation(TextChoices):
    """The implementation of a mandate."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NO_INFORMATION = "no_information", "No information"


#: Nothing remains to be done.
ANSWERED = frozenset({Implementation.COMPLETED, Implementation.NOT_APPLICABLE})

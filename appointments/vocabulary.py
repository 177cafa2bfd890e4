"""The words of appointments and of the decisions of governing bodies."""

from django.db.models import TextChoices


class AppointmentKind(TextChoices):
    """How somebody comes to hold a post."""

    APPOINTMENT = "appointment", "Appointment"
    REAPPOINTMENT = "reappointment", "Reappointment"
    ELECTION = "election", "Election"
    ACTING = "acting", "Acting"
    EXTENSION = "extension", "Extension"


#: What counts as a term of its own; acting holders and extensions do not.
TERMS = frozenset({AppointmentKind.APPOINTMENT, AppointmentKind.REAPPOINTMENT, AppointmentKind.ELECTION})


class AppointmentState(TextChoices):
    """How far an appointment has come."""

    PROPOSED = "proposed", "Proposed"
    DESIGNATE = "designate", "Appointed, not yet in office"
    ASSUMED = "assumed", "Office assumed"
    ENDED = "ended", "Ended"


#: PostHolders the post, as far as is recorded, until the term ends.
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
    """What a body adopts."""

    RESOLUTION = "resolution", "Resolution"
    DECISION = "decision", "Decision"
    RECOMMENDATION = "recommendation", "Recommendation"


class Adoption(TextChoices):
    """How it was adopted."""

    CONSENSUS = "consensus", "By consensus"
    WITHOUT_VOTE = "without_vote", "Without a vote"
    ACCLAMATION = "acclamation", "By acclamation"
    RECORDED_VOTE = "recorded_vote", "By recorded vote"
    SECRET_BALLOT = "secret_ballot", "By secret ballot"


class Implementation(TextChoices):
    """How far a mandate has been carried out."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed", "Completed"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NO_INFORMATION = "no_information", "No information"


#: Nothing waits any more: it was done, or it has no object.
ANSWERED = frozenset({Implementation.COMPLETED, Implementation.NOT_APPLICABLE})

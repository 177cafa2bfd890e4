"""The words of the reports."""

from django.db.models import TextChoices


class DeadlineKind(TextChoices):
    """What the office has to do by a day; on one day in this order."""

    NOTICE = "notice", "Last day to give notice before a tacit renewal"
    EXPIRY = "expiry", "An agreement expires, or ends as was announced"
    ENTRY_INTO_FORCE = "entry_into_force", "An agreement enters into force by its clause"
    PROVISIONAL_APPLICATION = "provisional_application", "Provisional application ends"
    SUSPENSION = "suspension", "An agreement is suspended, or its suspension ends"
    CONFIRMATION = "confirmation", "What was stated last of an agreement gets too old to rest on"
    END_OF_TERM = "end_of_term", "A term of office runs out"
    REPLY = "reply", "A request needs an answer"
    MANDATE = "mandate", "A mandate of a governing body is due"
    ACTION_ITEM = "action_item", "An action item is due"
    MISSING_APPROVAL = "missing_approval", "An approval without which an agreement does not enter into force"

"""The words of reminders; the catalogues have them in other languages."""

from collections.abc import Mapping

from django.db.models import TextChoices


class ReminderKind(TextChoices):
    """A mail that somebody may ask for."""

    MORNING = "morning", "Each morning"
    MONDAY = "monday", "Each Monday"


#: The headings of a reminder by the name of its section, and its subjects.
WORDS: Mapping[str, str] = {
    "morning": "Your day, {day}",
    "monday": "The days that come up, week of {day}",
    "meetings": "Meetings today",
    "overdue": "Promised, and overdue",
    "due": "Promised for today",
    "to_confirm": "Over, and nobody has said yet what happened",
    "ahead": "In the next {days} days",
    "more": "and {count} more",
}

"""Ask for reminders, find those that are due, and write them; the names other modules import."""

from engagements.reminders.services.choices import choice_of, choose_reminders
from engagements.reminders.services.contents import Letter, letter_for
from engagements.reminders.services.outbox import Due, claim, conclude, due_at, forget_old, give_back

__all__ = [
    "Due",
    "Letter",
    "choice_of",
    "choose_reminders",
    "claim",
    "conclude",
    "due_at",
    "forget_old",
    "give_back",
    "letter_for",
]

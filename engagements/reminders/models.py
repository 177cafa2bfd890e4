"""ReminderChoice, what somebody wants to be reminded of; ReminderMail, what was sent of it, once for each day."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from engagements.reminders.vocabulary import ReminderKind


class ReminderChoice(models.Model):
    """Which reminders a member of staff asked for; nobody gets one unasked."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="reminder_choice"
    )
    morning = models.BooleanField(default=False, help_text="Each morning: what is theirs, and today's meetings.")
    monday = models.BooleanField(default=False, help_text="Each Monday: the days that come up.")
    chosen_at = models.DateTimeField()


class ReminderMail(models.Model):
    """A mail for a person and a day. A worker holds it while it sends; if the worker dies, it is tried once more."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=ReminderKind)
    day = models.DateField(help_text="The local day that it is about.")
    attempts = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, help_text="When it was sent, or found to have nothing to say.")
    was_sent = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind", "day"], name="reminder_once")]
        indexes: ClassVar = [models.Index(fields=["day"], name="reminder_by_day")]

"""Configuration of the reminders."""

from typing import ClassVar

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Mails of the morning and of Monday."""

    name = "engagements.reminders"
    label = "reminders"
    verbose_name = "Reminders"
    background_tasks: ClassVar = {"reminders": "engagements.reminders.queue"}

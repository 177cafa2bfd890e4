"""How far each pass of the clock has come, and which days somebody said are right: operational data without history."""

from django.db import models
from django.db.models.functions import Now


class ClockPass(models.Model):
    """One pass of the clock: the day up to which it has applied everything, and its last result."""

    name = models.CharField(max_length=60, primary_key=True)
    day = models.DateField(null=True, help_text="The day up to which it has applied everything; never moves back.")
    last_ran_at = models.DateTimeField(null=True, help_text="When it last finished.")
    last_failed_at = models.DateTimeField(null=True, help_text="When something last failed.")
    detail = models.TextField(blank=True, help_text="What failed in the last run; empty if nothing did.")

    def __str__(self) -> str:
        return self.name


class StatedDay(models.Model):
    """A day that somebody said is right, where the clock's own was not believed: a row each time, the newest counts."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField(help_text="The day that it was, by the database's clock too.")
    at = models.DateTimeField(db_default=Now(), editable=False, help_text="When it was said.")

    def __str__(self) -> str:
        return str(self.day)

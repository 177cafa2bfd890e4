"""How far each pass of the clock has come: operational data without history."""

from django.db import models


class ClockPass(models.Model):
    """One pass of the clock: the day up to which it has applied everything, and its last result."""

    name = models.CharField(max_length=60, primary_key=True)
    day = models.DateField(null=True, help_text="The day up to which it has applied everything; never moves back.")
    last_ran_at = models.DateTimeField(null=True, help_text="When it last finished.")
    last_failed_at = models.DateTimeField(null=True, help_text="When something last failed.")
    detail = models.TextField(blank=True, help_text="What failed in the last run; empty if nothing did.")

    def __str__(self) -> str:
        return self.name

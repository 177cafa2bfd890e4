"""How far the clock has come with each pass. It says how the register is run, so it has no history."""

from django.db import models


class ClockPass(models.Model):
    """One pass of the clock: up to which day it noted what time brought, and how it last went."""

    name = models.CharField(max_length=60, primary_key=True)
    day = models.DateField(null=True, help_text="The day of which it noted everything; it never goes back.")
    last_ran_at = models.DateTimeField(null=True, help_text="When it last came to its end.")
    last_failed_at = models.DateTimeField(null=True, help_text="When something last failed.")
    detail = models.TextField(blank=True, help_text="What failed in the last run; empty when all went well.")

    def __str__(self) -> str:
        return self.name

"""How verification went, each time that it ran; rows are added and never change."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Verification(models.Model):
    """One run of verification by the worker: how many faults it found, and the first of them."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now())
    position = models.BigIntegerField(help_text="How many transactions the chain had.")
    checkpoint = models.PositiveIntegerField(null=True, help_text="The number of the newest checkpoint, if any.")
    fault_count = models.PositiveIntegerField()
    faults = models.JSONField(default=list, help_text="The first faults: place and detail, never contents.")

    class Meta:
        db_table = "verification_run"
        ordering: ClassVar = ["-id"]

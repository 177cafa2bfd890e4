"""The trace: who read what is restricted, exported, signed in or was refused. Rows are added and never change."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class TraceItem(models.Model):
    """One request or command, and the restricted records that it showed. It holds names of things, never contents.

    The database sets `at` and `database_role` (history/trace.sql).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_default=Now(), editable=False)
    database_role = models.TextField(db_default="", editable=False)
    act = models.TextField(help_text="What was done: read, export, refuse, sign_in, sign_in_refused.")
    door = models.TextField(help_text="By which door: api, admin, desk, calendar, exchange or command.")
    actor = models.TextField(
        blank=True, default="", help_text="Who it was, such as staff:<id>; empty for nobody known."
    )
    address = models.TextField(blank=True, default="", help_text="The network address that it came from.")
    method = models.TextField(blank=True, default="")
    path = models.TextField(blank=True, default="", help_text="The address that was asked for, without parameters.")
    status = models.PositiveSmallIntegerField(null=True, help_text="The status of the answer.")
    request_id = models.TextField(blank=True, default="")
    entries = ArrayField(models.UUIDField(), default=list, help_text="The restricted records that were shown.")
    about = models.JSONField(default=dict, help_text="What else names it, such as the user name that was tried.")

    class Meta:
        db_table = "trace_item"
        indexes: ClassVar = [
            models.Index(fields=["at"], name="trace_item_at"),
            models.Index(fields=["actor", "id"], name="trace_item_actor"),
        ]

"""The history that the database writes (history/triggers.sql). Python only reads it.

Its tables have no foreign keys: nobody can delete from them, and the chain proves more at lower cost.
"""

from typing import ClassVar

from django.db import models


class HistoryTransaction(models.Model):
    """A transaction that wrote to the register, by number and time: after a restore numbers start again.

    It has several rows only if it checked its deferred constraints before its end.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.DecimalField(max_digits=20, decimal_places=0)
    started_at = models.DateTimeField()
    database_role = models.TextField()

    class Meta:
        db_table = "history_transaction"
        indexes: ClassVar = [models.Index(fields=["number", "started_at"], name="history_transaction_number")]


class HistoryEntry(models.Model):
    """A history item: one row that was written, when, by whom and why, with the salted digest of its content."""

    id = models.BigAutoField(primary_key=True)
    transaction = models.ForeignKey(HistoryTransaction, models.PROTECT, db_constraint=False)
    table_name = models.TextField()
    operation = models.TextField()
    record_id = models.UUIDField()
    row_id = models.UUIDField()
    actor = models.TextField()
    verb = models.TextField()
    reason = models.TextField()
    request_id = models.TextField()
    at = models.DateTimeField()
    digest = models.BinaryField()

    class Meta:
        db_table = "history_entry"
        indexes: ClassVar = [
            models.Index(fields=["record_id", "id"], name="history_entry_of_record"),
            models.Index(fields=["table_name", "row_id", "id"], name="history_entry_of_row"),
        ]


class HistoryPayload(models.Model):
    """The row before and after; kept apart from the item, so that a redaction leaves the chain valid."""

    entry = models.OneToOneField(
        HistoryEntry, models.PROTECT, primary_key=True, related_name="payload", db_constraint=False
    )
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    salt = models.BinaryField()

    class Meta:
        db_table = "history_payload"


class HistoryLink(models.Model):
    """The position of a transaction in order of COMMIT, and the hash that ties it to the previous one."""

    position = models.BigIntegerField(primary_key=True)
    transaction = models.OneToOneField(HistoryTransaction, models.PROTECT, related_name="link", db_constraint=False)
    hash = models.BinaryField()

    class Meta:
        db_table = "history_link"

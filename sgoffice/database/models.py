"""What the register keeps of itself: its schema, for programs of other versions (schema.py), and which key it has."""

from django.db import models


class Schema(models.Model):
    """The schema of the newest program that migrated, and the oldest version that can read it; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    version = models.TextField()
    readable_by = models.TextField(help_text="The oldest version that can work with it.")
    digests = models.JSONField(help_text="The digest of each table, view and function.")
    announced_at = models.DateTimeField()

    class Meta:
        db_table = "database_schema"


class SecretKey(models.Model):
    """What tells the key of this register from others, so that all of its machines have the same one; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    fingerprint = models.TextField(help_text="Tells the key from others, and nothing of what it is.")
    noted_at = models.DateTimeField()

    class Meta:
        db_table = "database_secretkey"

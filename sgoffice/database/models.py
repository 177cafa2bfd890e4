"""What `migrate` records in the database for programs of other versions; read by sgoffice/database/schema.py."""

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

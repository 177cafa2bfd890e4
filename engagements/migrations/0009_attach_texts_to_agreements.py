import django.db.models.deletion
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    allows = {
        "adding-foreign-key-constraint": "the column is new and empty: nothing is looked up",
        "ban-drop-not-null": "the version before writes an engagement into every attachment",
        "require-concurrent-index-creation": "an office has few attachments, and the column is new and empty",
    }
    dependencies = [("engagements", "0008_open_readouts"), ("records", "0011_state_days")]

    operations = [
        migrations.AddField(
            "attachment",
            "agreement",
            models.ForeignKey(
                blank=True,
                help_text="Or agreement that it is a text of.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.entry",
            ),
        ),
        # Django would take the foreign key off and put it on again, which reads the whole table
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE engagements_attachment ALTER COLUMN engagement_id DROP NOT NULL",
                    "ALTER TABLE engagements_attachment ALTER COLUMN engagement_id SET NOT NULL",
                )
            ],
            state_operations=[
                migrations.AlterField(
                    "attachment",
                    "engagement",
                    models.ForeignKey(
                        blank=True,
                        help_text="Engagement that it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="engagements.engagement",
                    ),
                )
            ],
        ),
        AddConstraintNotValid(
            "attachment",
            models.CheckConstraint(
                condition=Q(engagement__isnull=True, agreement__isnull=False)
                | Q(engagement__isnull=False, agreement__isnull=True),
                name="attachment_belongs_to_one",
            ),
        ),
    ]

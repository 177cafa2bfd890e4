from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("engagements", "0004_take_up_what_was_postponed")]

    operations = [
        migrations.AddField(
            "engagement",
            "understood",
            models.JSONField(
                blank=True,
                db_default=[],
                default=list,
                editable=False,
                help_text="[{pointer, name, id, why}]: how each name of a participant was understood when it was entered.",
            ),
        ),
    ]

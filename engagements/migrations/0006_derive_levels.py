from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from engagements.vocabulary import Level


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    allows = {
        "ALTER_COLUMN": "a longer varchar writes no row anew",
        "changing-column-type": "a longer varchar writes no row anew",
    }
    dependencies = [("engagements", "0005_say_how_names_were_understood")]

    operations = [
        migrations.AddField(
            "engagement",
            "counterpart_levels",
            ArrayField(
                models.CharField(choices=Level, max_length=32),
                blank=True,
                db_default=[],
                default=list,
                editable=False,
                help_text="Ranks of all counterparts as far as known, highest first.",
            ),
        ),
        migrations.AddField(
            "engagement",
            "level_basis",
            models.JSONField(
                blank=True,
                editable=False,
                help_text="{rests_on, title, pointer, doubt}: what a derived level rests on; null for a stated one.",
                null=True,
            ),
        ),
        migrations.AlterField(
            "engagement",
            "level",
            models.CharField(
                blank=True,
                choices=Level,
                help_text="Rank of the highest counterpart: as stated, else as titles and posts of counterparts tell.",
                max_length=32,
            ),
        ),
    ]

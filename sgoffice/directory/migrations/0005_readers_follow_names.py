from pathlib import Path

from django.db import migrations

#: Everybody read all of them before.
_FOLLOW = "SELECT directory_follow(ARRAY(SELECT id FROM records_entry), false)"


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("directory", "0004_those_entered_by_name"), ("records", "0009_readers_that_follow")]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[1] / "readers.sql").read_text(encoding="utf-8"), ""),
        migrations.RunSQL(_FOLLOW, ""),
    ]

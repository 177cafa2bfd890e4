from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("directory", "0009_leaving_by_two")]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parent.parent / "readers_of_undone.sql").read_text(encoding="utf-8"), ""),
    ]

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("directory", "0007_units_of_topics")]

    operations = [
        migrations.RunSQL((Path(__file__).parent.parent / "readers_trigger.sql").read_text(encoding="utf-8"), ""),
    ]

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("records", "0008_keep_references_of_marked_rows")]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL((Path(__file__).parents[2] / "history" / "identity.sql").read_text(encoding="utf-8"), ""),
    ]

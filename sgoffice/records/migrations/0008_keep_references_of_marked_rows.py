from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("records", "0007_find_words_of_names")]

    operations = [
        # frozen: a later change is a new file and a new migration
        migrations.RunSQL(
            (Path(__file__).parents[2] / "history" / "identity_rows.sql").read_text(encoding="utf-8"), ""
        ),
    ]

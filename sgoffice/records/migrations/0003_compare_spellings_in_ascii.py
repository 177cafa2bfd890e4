from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("records", "0002_trace")]

    operations = [
        migrations.AddField(
            "searchrow",
            "indexing",
            models.PositiveSmallIntegerField(db_default=0, help_text="How it was made: search.INDEXING of that day."),
        ),
        migrations.AddField(
            "searchrow",
            "keys",
            models.TextField(
                db_default="",
                help_text="Names by which records that show it are found, in ASCII: spellings are compared there.",
            ),
        ),
        # what every hit needs stays in the row
        migrations.RunSQL("ALTER TABLE records_searchrow ALTER keys SET STORAGE MAIN", migrations.RunSQL.noop),
    ]

from pathlib import Path

from django.db import migrations, models

#: Mergers told before: into the record that the stream carries today; those without one were shown as withdrawn.
_BACKFILL = """
    UPDATE feed_streamrow r SET "into" = p."into" FROM feed_published p
    WHERE r.op = 'merged' AND p.entry = r.entry AND p.op = 'merged'
        AND EXISTS (SELECT FROM feed_shown s WHERE s.stream = r.stream AND s.entry = p."into");
    UPDATE feed_streamrow SET op = 'withdrawn' WHERE op = 'merged' AND "into" IS NULL;
"""


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("feed", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="streamrow",
            name="into",
            field=models.UUIDField(null=True, help_text="With `merged`: the record that the stream was told it became."),
        ),
        migrations.RunSQL((Path(__file__).parent.parent / "stream_rows.sql").read_text(encoding="utf-8"), ""),
        migrations.RunSQL(_BACKFILL, ""),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("directory", "0006_own_marking_is_never_lowered")]

    operations = [
        migrations.AddField(
            "topic",
            "unit",
            models.CharField(
                blank=True, db_default="", default="", help_text="Our unit in charge of it.", max_length=200
            ),
        ),
    ]

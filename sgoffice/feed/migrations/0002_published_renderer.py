from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feed", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="published",
            name="renderer",
            field=models.PositiveSmallIntegerField(default=1, help_text="The version of the rendering."),
        ),
    ]

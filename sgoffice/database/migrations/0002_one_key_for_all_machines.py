from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("database", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SecretKey",
            fields=[
                ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("fingerprint", models.TextField(help_text="Tells the key from others, and nothing of what it is.")),
                ("noted_at", models.DateTimeField()),
            ],
            options={"db_table": "database_secretkey"},
        ),
    ]

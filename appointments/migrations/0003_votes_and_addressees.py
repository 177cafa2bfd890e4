from django.db import migrations, models

from appointments.vocabulary import Adoption


def votes(text):
    return models.PositiveSmallIntegerField(blank=True, help_text=text, null=True)


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("appointments", "0002_hidden_namesakes")]

    operations = [
        migrations.AddField("decision", "votes_for", votes("Votes in favor, if they were counted.")),
        migrations.AddField("decision", "votes_against", votes("Votes against.")),
        migrations.AddField("decision", "votes_abstaining", votes("Abstentions.")),
        migrations.AddField(
            "mandate",
            "addressee",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Whom it asks, as its source says.",
                max_length=300,
            ),
        ),
        migrations.AlterField(
            "decision",
            "adoption",
            models.CharField(blank=True, choices=Adoption, help_text="How it was adopted.", max_length=16),
        ),
        migrations.AlterField("mandate", "text", models.TextField(help_text="What is asked.")),
    ]

from django.db import migrations, models

CHOICES = [("public", "Public"), ("internal", "Internal"), ("restricted", "Restricted")]


def marking():
    return models.CharField(
        blank=True,
        choices=CHOICES,
        db_default="internal",
        default="internal",
        editable=False,
        help_text="Who may see it besides those who may read a record that shows its name.",
        max_length=12,
    )


def author():
    return models.CharField(
        db_default="", default="", editable=False, help_text="Who entered it with a record that names it.", max_length=64
    )


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("directory", "0002_fold_what_is_a_letter"), ("records", "0009_readers_that_follow")]

    operations = [
        migrations.AddField(model, name, field())
        for model in ("person", "organization")
        for name, field in (("own_marking", marking), ("own_author", author))
    ]

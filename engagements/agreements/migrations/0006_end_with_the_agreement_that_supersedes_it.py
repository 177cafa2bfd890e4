from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('agreements', '0005_fold_what_is_a_letter'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='superseded_earliest',
            field=models.DateField(editable=False, help_text='The first day on which one that supersedes it may be in force.', null=True),
        ),
        migrations.AddField(
            model_name='agreement',
            name='superseded_latest',
            field=models.DateField(editable=False, help_text='The day on which one that supersedes it is surely in force.', null=True),
        ),
    ]

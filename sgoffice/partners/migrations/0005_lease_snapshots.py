from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('partners', '0004_keys'),
    ]

    operations = [
        migrations.AddField(
            model_name='pull',
            name='snapshot',
            field=models.UUIDField(help_text='The snapshot that is being made, if any.', null=True),
        ),
        migrations.AddField(
            model_name='pull',
            name='snapshot_until',
            field=models.DateTimeField(help_text='Until then no other one is begun.', null=True),
        ),
    ]

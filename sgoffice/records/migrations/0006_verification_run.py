from pathlib import Path

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [
        ('records', '0005_verification'),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('position', models.BigIntegerField(help_text='How many transactions the chain had.')),
                ('checkpoint', models.PositiveIntegerField(help_text='The number of the newest checkpoint, if any.', null=True)),
                ('fault_count', models.PositiveIntegerField()),
                ('faults', models.JSONField(default=list, help_text='The first faults: place and detail, never contents.')),
            ],
            options={
                'db_table': 'verification_run',
                'ordering': ['-id'],
            },
        ),
        migrations.RunSQL(
            (Path(__file__).parents[2] / "history" / "verification_runs.sql").read_text(encoding="utf-8"), ""
        ),
    ]

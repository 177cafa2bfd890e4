from pathlib import Path

import django.contrib.postgres.fields
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [
        ('records', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TraceItem',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('database_role', models.TextField(db_default='', editable=False)),
                ('act', models.TextField(help_text='What was done: read, export, refuse, sign_in, propose, approve …')),
                ('door', models.TextField(help_text='By which door: api, admin, desk, calendar, exchange or command.')),
                ('actor', models.TextField(blank=True, default='', help_text='Who it was, such as staff:<id>; empty for nobody known.')),
                ('address', models.TextField(blank=True, default='', help_text='The network address that it came from.')),
                ('method', models.TextField(blank=True, default='')),
                ('path', models.TextField(blank=True, default='', help_text='The address that was asked for, without parameters.')),
                ('status', models.PositiveSmallIntegerField(help_text='The status of the answer.', null=True)),
                ('request_id', models.TextField(blank=True, default='')),
                ('entries', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, help_text='The restricted records that were shown.', size=None)),
                ('about', models.JSONField(default=dict, help_text='What else names it, such as the user name that was tried.')),
            ],
            options={
                'db_table': 'trace_item',
                'indexes': [models.Index(fields=['at'], name='trace_item_at'), models.Index(fields=['actor', 'id'], name='trace_item_actor')],
            },
        ),
        migrations.RunSQL((Path(__file__).parents[2] / "history" / "trace.sql").read_text(encoding="utf-8"), ""),
    ]

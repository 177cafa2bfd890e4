import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('partners', '0002_hold_releases_for_two'),
    ]

    operations = [
        migrations.CreateModel(
            name='RefusedSignIn',
            fields=[
                ('client', models.BinaryField(help_text='SHA-256 of the client_id that was sent.', primary_key=True, serialize=False)),
                ('count', models.PositiveBigIntegerField(default=1)),
                ('refused_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.AddField(
            model_name='partnertoken',
            name='kinds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), help_text='The kinds that it was asked for; empty: all.', null=True, size=None),
        ),
    ]

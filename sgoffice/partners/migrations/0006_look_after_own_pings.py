import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('partners', '0005_lease_snapshots'),
    ]

    operations = [
        migrations.AddField(
            model_name='partner',
            name='ping_hosts',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), blank=True, db_default=[], default=list, help_text='The host names at which its system may register ping endpoints by itself.', size=None),
        ),
        migrations.AddField(
            model_name='pingendpoint',
            name='partner_may_enable',
            field=models.BooleanField(db_default=False, default=False, help_text='Whether its partner may enable it: not what the office disabled.'),
        ),
        migrations.AddField(
            model_name='pingendpoint',
            name='secret_issued_at',
            field=models.DateTimeField(blank=True, help_text='When its secret was last rotated.', null=True),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('records', '0011_state_days'),
    ]

    operations = [
        migrations.AlterField(
            model_name='traceitem',
            name='door',
            field=models.TextField(help_text='By which door: api, admin, desk, calendar, exchange or command.'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('records', '0009_readers_that_follow'),
    ]

    operations = [
        migrations.AlterField(
            model_name='traceitem',
            name='act',
            field=models.TextField(help_text='What was done: read, export, refuse, sign_in, sign_in_refused.'),
        ),
        migrations.AlterField(
            model_name='traceitem',
            name='door',
            field=models.TextField(help_text='By which door: api, admin, desk, calendar or exchange.'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('agreements', '0003_since_when_each_party_is_bound'),
    ]

    operations = [
        migrations.AddField(
            model_name='agreement',
            name='attestations_hold',
            field=models.CharField(db_default='', default='', editable=False, help_text='How long what a source stated of a day was taken to hold when its status was computed (ISO 8601).', max_length=24),
        ),
        migrations.AddField(
            model_name='agreement',
            name='rules_edition',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, help_text='The edition of the rules by which its status was computed.'),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('agreements', '0008_hold_texts_to_their_agreements'),
    ]

    operations = [
        migrations.AddField(
            model_name='act',
            name='date_basis',
            field=models.CharField(choices=[('event', "The event's own date"), ('report', 'The date of a report: it happened on or before that day'), ('inferred', 'Inferred from what is known')], db_default='event', default='event', help_text='What the date rests on.', max_length=12),
        ),
        migrations.AlterField(
            model_name='deadline',
            name='kind',
            field=models.CharField(choices=[('notice', 'Last day to give notice before a tacit renewal'), ('expiry', 'Expiry, or an end that was announced'), ('entry_into_force', 'Entry into force by its clause'), ('provisional_application', 'End of provisional application'), ('suspension', 'Beginning or end of a suspension'), ('confirmation', 'What was stated last gets too old to rest on'), ('missing_approval', 'An approval without which it does not enter into force')], max_length=24),
        ),
    ]

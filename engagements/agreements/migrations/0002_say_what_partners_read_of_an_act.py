from django.db import migrations, models


class Migration(migrations.Migration):
    readable_by = "0.2.0"

    dependencies = [
        ('agreements', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='act',
            name='source',
            field=models.CharField(blank=True, help_text='Who says so: an address or a document; partners read it.', max_length=2000),
        ),
        migrations.AlterField(
            model_name='act',
            name='text',
            field=models.TextField(blank=True, help_text='What else to say about it; partners read it.'),
        ),
    ]

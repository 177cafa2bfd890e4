import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    readable_by = "0.2.0"

    dependencies = [
        ('records', '0010_name_the_acts_of_the_trace'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatedDay',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('day', models.DateField(help_text="The day that it was, by the database's clock too.")),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, help_text='When it was said.')),
            ],
        ),
    ]

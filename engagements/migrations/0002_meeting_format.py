from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("engagements", "0001_initial")]

    operations = [migrations.RenameField("engagement", "format", "meeting_format")]

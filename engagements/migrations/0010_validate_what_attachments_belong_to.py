from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("engagements", "0009_attach_texts_to_agreements")]

    operations = [ValidateConstraint("attachment", "attachment_belongs_to_one")]

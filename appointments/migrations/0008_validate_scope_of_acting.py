from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("appointments", "0007_scope_of_acting")]

    operations = [ValidateConstraint("appointment", "appointment_scope_is_of_acting")]

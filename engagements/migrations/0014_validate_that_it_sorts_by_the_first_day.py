from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("engagements", "0013_sort_by_the_first_day")]

    operations = [ValidateConstraint("engagement", "engagement_sorts_by_its_first_day")]

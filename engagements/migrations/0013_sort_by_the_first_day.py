from datetime import date

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    dependencies = [("engagements", "0012_find_periods_and_counterparts")]

    operations = [
        AddConstraintNotValid(
            "engagement",
            models.CheckConstraint(
                condition=Q(sort_day=Coalesce("held_earliest", Value(date.max))),
                name="engagement_sorts_by_its_first_day",
            ),
        ),
    ]

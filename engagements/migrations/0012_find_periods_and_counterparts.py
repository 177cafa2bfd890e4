from django.contrib.postgres.indexes import GistIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("engagements", "0011_erase_files")]

    operations = [
        AddIndexConcurrently(
            "engagement",
            GistIndex(
                models.Func("held_earliest", "held_latest", template="daterange(%(expressions)s, '[]')"),
                condition=Q(held_earliest__lt=F("held_latest")),
                name="engagement_days",
            ),
        ),
        AddIndexConcurrently(
            "participant", models.Index(fields=["id"], name="participant_of_theirs", condition=Q(side="theirs"))
        ),
        AddIndexConcurrently(
            "capacity",
            models.Index(
                fields=["organization"], include=["participant", "engagement"], name="capacity_for_organization"
            ),
        ),
    ]

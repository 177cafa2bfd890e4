from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("engagements", "0001_initial")]

    operations = [
        AddIndexConcurrently(
            "engagement", GinIndex(fields=["sources"], name="engagement_sources", opclasses=["jsonb_path_ops"])
        ),
    ]

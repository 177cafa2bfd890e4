from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Q


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("records", "0003_compare_spellings_in_ascii")]

    operations = [
        AddIndexConcurrently(
            "searchrow",
            GinIndex(OpClass("keys", name="gin_trgm_ops"), condition=~Q(keys=""), name="searchrow_keys"),
        ),
    ]

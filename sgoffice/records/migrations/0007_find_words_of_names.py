from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Q


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("records", "0006_verification_run")]

    operations = [
        AddIndexConcurrently(
            "searchrow", GinIndex(fields=["words"], condition=~Q(keys=""), name="searchrow_words_of_names")
        ),
    ]

from django.db import migrations

from sgoffice.records.data_migrations import ChangeRecords

REASON = "Who was entered with a meeting is read by those who may read one that names them"
#: The source of those who were entered because a meeting named them.
SOURCE = [{"document": "named when an engagement was logged"}]


def entered_by_name(model):
    def find(rows):
        return rows(f"directory.{model}").filter(sources__contains=SOURCE, own_marking="internal")

    return find


def without_own_marking(model):
    def change(rows, ids):
        rows(f"directory.{model}").filter(pk__in=ids).update(own_marking="")

    return change


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("directory", "0003_own_marking")]

    operations = [
        ChangeRecords(entered_by_name(model), without_own_marking(model), reason=REASON)
        for model in ("Person", "Organization")
    ]

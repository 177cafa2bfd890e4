from django.db import migrations

from sgoffice.directory.rules import sort_key
from sgoffice.records.data_migrations import ChangeRecords


def titles(rows):
    return rows("agreements.Agreement").filter(sort__regex=r"[^\x01-\x7f]")


def refold(rows, ids):
    for one in rows("agreements.Agreement").filter(pk__in=ids):
        rows("agreements.Agreement").filter(pk=one.pk).update(sort=sort_key(one.title))


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("agreements", "0004_compute_status_by_an_edition_of_the_rules")]

    operations = [ChangeRecords(titles, refold, reason="Folding keeps what is a letter in its script")]

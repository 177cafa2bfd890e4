from django.db import migrations

from sgoffice.directory.rules import search_text
from sgoffice.records.data_migrations import ChangeRecords


def occasions(rows):
    return rows("engagements.Engagement").filter(occasion_search__regex=r"[^\x01-\x7f]")


def refold(rows, ids):
    for one in rows("engagements.Engagement").filter(pk__in=ids).exclude(occasion=None):
        name, series, number = (one.occasion.get(key) for key in ("name", "series", "number"))
        folded = search_text(name, series, number, f"{series or ''} {number or ''}")
        rows("engagements.Engagement").filter(pk=one.pk).update(occasion_search=folded)


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("engagements", "0002_find_engagements_by_source"), ("directory", "0001_initial")]

    operations = [ChangeRecords(occasions, refold, reason="Folding keeps what is a letter in its script")]

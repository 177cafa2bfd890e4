from django.db import migrations

from sgoffice.directory.rules import search_text, sort_key
from sgoffice.records.data_migrations import ChangeRecords

REASON = "Folding keeps what is a letter in its script"
#: Rows with letters beyond ASCII; the keys of all others stay as they are.
OTHER_LETTERS = r"[^\x01-\x7f]"


def named(model):
    def find(rows):
        return rows(f"directory.{model}").filter(search__regex=OTHER_LETTERS)

    return find


def refold(model):
    def change(rows, ids):
        records = rows(f"directory.{model}")
        for record in records.filter(pk__in=ids):
            sort = sort_key(getattr(record, "sort_name", "") or record.name)
            same = records.filter(sort=sort, is_in_error=False, merged_into=None).exclude(pk=record.pk)
            if model == "Topic" and same.filter(kind=record.kind).exists():
                sort = record.sort  # two topics that are one now: to be merged by people
            records.filter(pk=record.pk).update(search=search_text(*names_of(record)), sort=sort)

    return change


def names_of(record):
    names = [record.name, *(one["name"] for one in record.other_names), *getattr(record, "names", {}).values()]
    acronym = getattr(record, "acronym", "")
    parts = acronym.replace("-", " ").replace("/", " ").split()
    codes = [getattr(record, "code", ""), getattr(record, "alpha3", "")]
    return [*names, *record.merged_names, acronym, *parts, *codes]


def roles(rows):
    return rows("directory.Membership").filter(role_key__regex=OTHER_LETTERS)


def refold_roles(rows, ids):
    for one in rows("directory.Membership").filter(pk__in=ids):
        rows("directory.Membership").filter(pk=one.pk).update(role_key=sort_key(one.role))


class Migration(migrations.Migration):
    readable_by = "0.2.0"
    atomic = False
    dependencies = [("directory", "0001_initial"), ("records", "0001_initial")]

    operations = [
        *(
            ChangeRecords(named(model), refold(model), reason=REASON)
            for model in ("Country", "Office", "Organization", "Person", "Topic")
        ),
        ChangeRecords(roles, refold_roles, reason=REASON),
    ]

"""Write `sentences.txt` anew: `python -m tests.engagements.reports.write_sentences`."""

import os
from importlib import import_module

import django

from tests.architecture.source import ROOT

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sgoffice.settings")
    os.environ.setdefault("SGOFFICE_STATE", str(ROOT / "var" / "tests"))
    os.environ.setdefault("SGOFFICE_PG_FAST", "1")
    django.setup()
    databases = import_module("tests.databases").Databases()
    databases.make_template()
    name = databases.copy(databases.loaded())
    databases.point_at(name)
    told = import_module("tests.engagements.reports.sentences")
    told.FILE.write_text("".join(f"{line}\n" for line in told.sentences()), encoding="utf-8")
    databases.point_at(databases.original)
    databases.drop(name)

"""`load_facts`: the public facts in `<app>/data/*.json`, read as entries."""

import json
from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand

from sgoffice.api.entry_kinds import entry_kinds
from sgoffice.records.actors import OFFICE
from sgoffice.running.entry_reader import read_entries


class Command(BaseCommand):
    help = "Load the public facts that ship with the register. Safe to repeat: existing records stay as they are."

    def handle(self, *args: object, **options: object) -> None:
        files = [path for app in apps.get_app_configs() for path in sorted(Path(app.path, "data").glob("*.json"))]
        lines = [line for path in files for line in json.loads(path.read_text(encoding="utf-8"))]
        kinds = entry_kinds()
        for kind, count in read_entries(lines, by=OFFICE).items():
            meta = kinds[kind].model._meta
            self.stdout.write(f"  {count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}")

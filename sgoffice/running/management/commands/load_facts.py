"""`load_facts`: loads the facts of each app, in the order of INSTALLED_APPS."""

import importlib.util
from importlib import import_module

from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load the public facts that ship with the register. Safe to repeat: existing records stay as they are."

    def handle(self, *args: object, **options: object) -> None:
        for config in apps.get_app_configs():
            if importlib.util.find_spec(f"{config.name}.facts") is None:
                continue
            module = import_module(f"{config.name}.facts")
            if hasattr(module, "load"):
                module.load(lambda line: self.stdout.write(f"  {line}"))

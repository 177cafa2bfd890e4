"""`load_facts`: asks each installed app's facts module, in the order of INSTALLED_APPS."""

import importlib.util
from importlib import import_module
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Loads the real public facts that the apps ship; repeating it changes nothing."""

    help = "Load the public facts that ship with the register. Safe to repeat: what is there stays."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load what each app ships."""
        for config in apps.get_app_configs():
            if importlib.util.find_spec(f"{config.name}.facts") is None:
                continue
            module = import_module(f"{config.name}.facts")
            if hasattr(module, "load"):
                module.load(lambda line: self.stdout.write(f"  {line}"))

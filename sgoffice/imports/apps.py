"""Configuration of the imports."""

from typing import ClassVar

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "sgoffice.imports"
    label = "imports"
    verbose_name = "Imports"
    background_tasks: ClassVar = {"imports": "sgoffice.imports.queue"}

    def ready(self) -> None:
        """Import what each app declares of spreadsheets."""
        autodiscover_modules("sheets")

"""Configuration of the one door: fills the registries of documents, publications and clock passes."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ChangesConfig(AppConfig):
    """Imports each app's modules of those names, as Django does with admin, so that commands have them too."""

    name = "sgoffice.changes"
    label = "changes"
    verbose_name = "Changes"

    def ready(self) -> None:
        """Import the modules that register; none of them is imported by name here."""
        autodiscover_modules("api.documents", "publication", "clock")

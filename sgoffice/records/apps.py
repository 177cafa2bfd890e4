"""Configuration of the records: fills the registries of documents and publications when all apps are loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RecordsConfig(AppConfig):
    """Imports each app's documents and publications by name, as Django does with admin, so that commands have them."""

    name = "sgoffice.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """Import the modules that register them; none of them is imported by name here."""
        autodiscover_modules("api.documents", "publication")
